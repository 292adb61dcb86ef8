// mistake: accepts compressor 1, whatever the format says
// killed by: the_answer_may_be_compressed_as_the_question_may
// says: it accepts [1]
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let invocation = invocation.accepting(1);
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
