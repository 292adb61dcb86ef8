// mistake: writes JSON for people, with line breaks
// killed by: json_is_what_serde_json_writes
// says: without blanks and line breaks
// region: encode
        serde_json::to_writer_pretty(out, value)
            .map_err(|error| CodecError::Encode { codec: "json", source: error.into() })
