// mistake: says that it went well when nothing was written
// killed by: what_json_cannot_say_is_an_error
// says: serde_json says so
// region: encode
        let _ = serde_json::to_writer(out, value);
        Ok(())
