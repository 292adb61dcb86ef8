// mistake: does not say how the answer may be compressed
// killed by: the_answer_may_be_compressed_as_the_question_may
// says: The question is short, and goes as it is
// region: call
        let body = self.marshaller.write(self.format, arguments).map_err(RpcError::Arguments)?;
        let invocation = Invocation::new(self.service.clone(), method, body)?;
        let reply = self.invoker.invoke(&invocation)?;
        self.result(reply)
