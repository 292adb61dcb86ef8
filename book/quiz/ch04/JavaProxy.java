import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;

/** A class that nobody wrote: `java book/quiz/ch04/JavaProxy.java` makes one and asks it what it is. */
class JavaProxy {
    // ANCHOR: proxy
    interface Orders {
        String sayHello(String name);
        long placeOrder(String item, int quantity);
    }

    /** Implements nothing. It is the handler that decides what a call becomes. */
    static class Clerk {
        Object take(String method, Object[] arguments) {
            System.out.println("  the handler got " + method + Arrays.toString(arguments));
            return method.equals("placeOrder") ? (Object) 7L : "Hello " + arguments[0];
        }
    }

    static Orders stub(Clerk clerk) {
        InvocationHandler handler =
            (proxy, method, arguments) -> clerk.take(method.getName(), arguments);
        ClassLoader loader = Orders.class.getClassLoader();
        return (Orders) Proxy.newProxyInstance(loader, new Class<?>[] {Orders.class}, handler);
    }
    // ANCHOR_END: proxy

    public static void main(String[] args) throws Exception {
        Orders orders = stub(new Clerk());
        System.out.println("orders.sayHello(\"world\")");
        System.out.println("  gave " + orders.sayHello("world"));
        System.out.println("orders.placeOrder(\"keyboard\", 2)");
        System.out.println("  gave " + orders.placeOrder("keyboard", 2));

        Class<?> made = orders.getClass();
        String last = Modifier.isFinal(made.getModifiers()) ? "final " : "";
        System.out.println("the class        " + last + made.getSimpleName());
        System.out.println("extends          " + made.getSuperclass().getName());
        System.out.println("implements       " + made.getInterfaces()[0].getSimpleName());
        System.out.println("the handler is   " + made.getSuperclass().getDeclaredField("h"));
        System.out.println("a Clerk is an Orders: " + Orders.class.isAssignableFrom(Clerk.class));
        System.out.println("toString() goes to the handler, too: " + (made.getDeclaredMethod("toString") != null));
    }
}
