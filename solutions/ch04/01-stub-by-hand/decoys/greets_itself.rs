// mistake: answers without asking
// killed by: say_hello_makes_its_call
// says: 0 calls
// region: say_hello
        Ok(format!("Hello {name}"))
