// mistake: starts a new buffer for each value
// killed by: json_is_what_serde_json_writes
// says: What stood there is not yours
// region: encode
        out.clear();
        serde_json::to_writer(out, value)
            .map_err(|error| CodecError::Encode { codec: "json", source: error.into() })
