// The Java reference implementation reads what we wrote, and writes it again. One line a case, in and out;
// interop/README.md describes them.

import com.caucho.hessian.io.Hessian2Input;
import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.SerializerFactory;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.logging.LogManager;

public class Caucho {
    /** An object of a class that both sides know; of others Java makes a HashMap, and forgets the class. */
    public static class Thing implements Serializable {
        public Object f0, f1, f2;
    }

    /** Finds the class above: it exists only in the memory of the program that compiles and runs this file. */
    private static final SerializerFactory FACTORY = new SerializerFactory(Caucho.class.getClassLoader());

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // It warns of classes that it does not know.
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line; (line = in.readLine()) != null; ) {
            String answer;
            try {
                answer = "again " + HexFormat.of().formatHex(write(read(HexFormat.of().parseHex(line))));
            } catch (Throwable error) {
                answer = "fault " + error.toString().replace('\n', ' ');
            }
            out.println(answer);
        }
        out.flush();
    }

    private static Object read(byte[] bytes) throws Exception {
        var input = new Hessian2Input(new ByteArrayInputStream(bytes));
        input.setSerializerFactory(FACTORY);
        return input.readObject();
    }

    private static byte[] write(Object value) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var output = new Hessian2Output(bytes);
        output.setSerializerFactory(FACTORY);
        output.writeObject(value);
        output.flush();
        return bytes.toByteArray();
    }
}
