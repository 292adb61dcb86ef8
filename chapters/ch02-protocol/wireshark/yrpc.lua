-- A Wireshark dissector for the protocol of chapter 2. How to install it: see README.md beside this file.
--
-- It reads the same layout as src/header.rs and src/extension.rs, and refuses what they refuse, in the same words.
-- Written for Wireshark 3.6 and later; it uses no operator that only newer Luas have.

local yrpc = Proto("yrpc", "yrpc")

local HEADER = 24
local MAGIC = "yrpc"
local VERSION = 1

local REQUEST, RESPONSE, ONE_WAY, HEARTBEAT, CANCEL, GOAWAY = 1, 2, 3, 4, 5, 6
local KINDS = { "request", "response", "one-way", "heartbeat", "cancel", "goaway" }
local HAS_STATUS = { [RESPONSE] = true, [GOAWAY] = true }
local HAS_NO_BODY = { [HEARTBEAT] = true, [CANCEL] = true }

local STATUSES = {
    [0] = "ok",
    [101] = "bad-request",
    [102] = "unknown-method",
    [103] = "busy",
    [104] = "unknown-extension",
    [105] = "shutting-down",
    [106] = "unknown-codec",
    [107] = "unknown-compressor",
    [108] = "unknown-service",
    [109] = "bad-arguments",
    [110] = "bad-frame",
    [111] = "unsupported-version",
    [112] = "frame-timeout",
    [113] = "idle",
    [114] = "unauthenticated",
    [201] = "internal",
    [301] = "bad-argument",
    [302] = "not-found",
    [303] = "reply-too-long",
    [304] = "service-error",
}

-- Chapter 3 gives these bytes their meaning.
local CODECS = { [0] = "raw", [1] = "json", [2] = "hessian2", [3] = "bincode", [4] = "postcard", [5] = "tagged" }
local COMPRESSORS = { [0] = "none", [1] = "deflate", [2] = "gzip", [3] = "zlib" }

local DEADLINE, TRACE, TAG, ACCEPT, SERVICE, METHOD, METADATA = 1, 2, 3, 4, 5, 6, 7
local EXTENSIONS = {
    [DEADLINE] = "deadline",
    [TRACE] = "trace context",
    [TAG] = "tag",
    [ACCEPT] = "accept",
    [SERVICE] = "service",
    [METHOD] = "method",
    [METADATA] = "metadata",
}

-- What can be typed into the filter line. The names after "yrpc." are those of the Rust dissection.
local F = {
    magic = ProtoField.string("yrpc.magic", "magic"),
    version = ProtoField.uint8("yrpc.version", "version"),
    kind = ProtoField.uint8("yrpc.kind", "kind", base.DEC, KINDS),
    codec = ProtoField.uint8("yrpc.codec", "codec", base.DEC, CODECS),
    compressor = ProtoField.uint8("yrpc.compressor", "compressor", base.DEC, COMPRESSORS),
    header_length = ProtoField.uint16("yrpc.header_length", "header length"),
    status = ProtoField.uint16("yrpc.status", "status", base.DEC, STATUSES),
    status_class = ProtoField.string("yrpc.status.class", "the call"),
    request_id = ProtoField.uint64("yrpc.request_id", "request id"),
    body_length = ProtoField.uint32("yrpc.body_length", "body length"),
    extension = ProtoField.bytes("yrpc.extension", "extension"),
    ext_number = ProtoField.uint8("yrpc.ext.number", "number", base.DEC, EXTENSIONS, 0x7f),
    ext_critical = ProtoField.bool("yrpc.ext.critical", "critical", 8, nil, 0x80),
    ext_length = ProtoField.uint16("yrpc.ext.length", "length"),
    ext_value = ProtoField.bytes("yrpc.ext.value", "value"),
    ext_deadline = ProtoField.uint64("yrpc.ext.deadline", "microseconds left"),
    ext_trace_id = ProtoField.bytes("yrpc.ext.trace_id", "trace id"),
    ext_span_id = ProtoField.bytes("yrpc.ext.span_id", "span id"),
    ext_trace_flags = ProtoField.uint8("yrpc.ext.trace_flags", "trace flags", base.HEX),
    ext_tag = ProtoField.string("yrpc.ext.tag", "tag"),
    ext_accept = ProtoField.bytes("yrpc.ext.accept", "compressors for the answer"),
    ext_service = ProtoField.string("yrpc.ext.service", "service"),
    ext_method = ProtoField.string("yrpc.ext.method", "method"),
    ext_metadata = ProtoField.bytes("yrpc.ext.metadata", "metadata"),
    body = ProtoField.bytes("yrpc.body", "body"),
    text = ProtoField.string("yrpc.text", "body as text"),
    rest = ProtoField.bytes("yrpc.rest", "rest"),
    response_in = ProtoField.framenum("yrpc.response_in", "response in", base.NONE, frametype.RESPONSE),
    response_to = ProtoField.framenum("yrpc.response_to", "response to", base.NONE, frametype.REQUEST),
    cancels = ProtoField.framenum("yrpc.cancels", "cancels", base.NONE, frametype.REQUEST),
    time = ProtoField.relative_time("yrpc.time", "time since the request"),
}
yrpc.fields = F

-- What the expert information window lists, and what `yrpc.fault` and its like find.
local function note(name, text, group, severity)
    return ProtoExpert.new("yrpc." .. name, text, group, severity)
end
local X = {
    fault = note("fault", "a decoder refuses this", expert.group.MALFORMED, expert.severity.ERROR),
    after = note("after_fault", "a decoder no longer looks at this", expert.group.MALFORMED, expert.severity.ERROR),
    critical = note("unknown_critical", "refused by whoever does not know it", expert.group.PROTOCOL, expert.severity.WARN),
    size = note("value_size", "a value of this length says nothing", expert.group.PROTOCOL, expert.severity.WARN),
    lonely = note("no_request", "no request with this id was captured", expert.group.SEQUENCE, expert.severity.NOTE),
    cut = note("cut", "the frame is longer than what was captured", expert.group.UNDECODED, expert.severity.NOTE),
}
yrpc.experts = X

yrpc.prefs.ports = Pref.range("TCP ports", "", "Where yrpc is spoken. Not needed for streams that begin with a whole magic number.", 65535)
yrpc.prefs.max_header = Pref.uint("Longest header", 4096, "In bytes; FrameLimits::max_header of the receiver.")
yrpc.prefs.max_body = Pref.uint("Longest body", 8 * 1024 * 1024, "In bytes; FrameLimits::max_body of the receiver.")

-- Reading -----------------------------------------------------------------------------------------------------------
--
-- `look` takes a frame apart without showing anything: as long as it is not complete, nothing may be shown, because
-- Wireshark will hand us the same bytes again with more behind them.

-- The fixed part: name, length, and what is wrong with a value (nil: nothing). In the order of the wire, in which a
-- decoder judges them.
local FIXED = {
    { "magic", 4, function(range)
        -- Judged before it is complete: a browser's `G` is wrong, and there may never be a fourth byte.
        local got = range:raw()
        if got ~= MAGIC:sub(1, #got) then return 'expected 79 72 70 63, "yrpc"' end
    end },
    { "version", 1, function(range)
        if range:uint() ~= VERSION then return "expected " .. VERSION end
    end },
    { "kind", 1, function(range, frame)
        frame.kind = range:uint()
        if not KINDS[frame.kind] then return "expected 1 to " .. #KINDS end
    end },
    { "codec", 1, function(range, frame) frame.codec = range:uint() end },
    { "compressor", 1, function(range, frame) frame.compressor = range:uint() end },
    { "header_length", 2, function(range, frame)
        local got = range:uint()
        frame.header_length = got
        if got < HEADER then return "expected at least " .. HEADER end
        if got > yrpc.prefs.max_header then return "expected at most " .. yrpc.prefs.max_header end
    end },
    { "status", 2, function(range, frame)
        frame.status = range:uint()
        if frame.status ~= 0 and KINDS[frame.kind] and not HAS_STATUS[frame.kind] then
            return "expected 0 in a " .. KINDS[frame.kind]
        end
    end },
    { "request_id", 8, function(range, frame)
        frame.request_id = tostring(range:uint64()) -- Lua's own numbers are exact up to 2^53 only
    end },
    { "body_length", 4, function(range, frame)
        local got = range:uint()
        frame.body_length = got
        if got ~= 0 and HAS_NO_BODY[frame.kind] then return "expected 0 in a " .. KINDS[frame.kind] end
        if got > yrpc.prefs.max_body then return "expected at most " .. yrpc.prefs.max_body end
    end },
}

local function look_at_fixed_part(tvb, frame)
    local at = frame.begins
    for _, spec in ipairs(FIXED) do
        local name, length, judge = spec[1], spec[2], spec[3]
        local have = math.min(length, tvb:len() - at)
        if have == 0 then break end
        local range = tvb:range(at, have)
        local fault = (have == length or name == "magic") and judge(range, frame) or nil
        if fault then frame.sound = false end
        frame.fields[#frame.fields + 1] = { name = name, range = range, fault = fault, cut = have < length, length = length }
        at = at + have
    end
    return at
end

-- The extensions fill the header exactly; no number is 0, and none comes twice.
local function look_at_extensions(tvb, frame, at, ends)
    local seen = {}
    while at < ends do
        local left = ends - at
        local first = tvb:range(at, 1):uint()
        local number = first % 128
        local length = left >= 3 and tvb:range(at + 1, 2):uint() or 0
        local needs = 3 + length
        local fault
        if needs > left then
            fault = string.format("it needs %d bytes, the header has %d left", needs, left)
        elseif number == 0 then
            fault = "there is no extension number 0"
        elseif seen[number] then
            fault = string.format("number %d comes twice", number)
        end
        local taken = math.min(needs, left)
        frame.extensions[#frame.extensions + 1] =
            { range = tvb:range(at, taken), number = number, critical = first >= 128, length = length, fault = fault }
        at = at + taken
        seen[number] = true
        if fault then
            frame.sound = false
            return at
        end
    end
    return at
end

-- Returns the frame that begins at `begins`. `missing` is set when it is not complete and nothing is wrong so far:
-- the number of bytes to wait for.
local function look(tvb, begins)
    local frame = { begins = begins, fields = {}, extensions = {}, sound = true }
    local at = look_at_fixed_part(tvb, frame)
    if frame.sound and at - begins < HEADER then
        -- Not "the rest of the header": the next byte may show that there will be no header.
        frame.missing = DESEGMENT_ONE_MORE_SEGMENT
    elseif frame.sound then
        local header_ends = begins + frame.header_length
        if tvb:len() < header_ends then
            frame.missing = header_ends - tvb:len()
        else
            at = look_at_extensions(tvb, frame, at, header_ends)
        end
        if frame.sound and not frame.missing then
            local body_ends = header_ends + frame.body_length
            if tvb:len() < body_ends then
                frame.missing = body_ends - tvb:len()
            else
                frame.body = frame.body_length > 0 and tvb:range(header_ends, frame.body_length) or nil
                at = body_ends
            end
        end
    end
    -- Where a decoder stops, nobody knows what the rest is. It is one field.
    if (not frame.sound or frame.missing) and at < tvb:len() then
        frame.rest = tvb:range(at)
        at = tvb:len()
    end
    frame.ends = at
    return frame
end

-- Who answers whom --------------------------------------------------------------------------------------------------
--
-- Wireshark goes through a capture once in order, and again whenever a line is clicked or a filter is set. What is
-- learned on the first way is kept here by packet number, because on later ways the order is another.

local waiting = {} -- stream, sender and request id → the call that no response has been seen for
local calls = {} -- packet, kind and request id → the call that this frame belongs to
local faults = {} -- stream and sender → the number of the packet in which it broke
local spoken = {} -- stream and sender → whether a whole frame has been seen

function yrpc.init()
    waiting, calls, faults, spoken = {}, {}, {}, {}
end

local tcp_stream = Field.new("tcp.stream")

-- The two directions of a connection, as keys.
local function directions(pinfo)
    local stream = tcp_stream()
    local prefix = (stream and tostring(stream.value) or "?") .. " "
    return prefix .. tostring(pinfo.src) .. " " .. pinfo.src_port, prefix .. tostring(pinfo.dst) .. " " .. pinfo.dst_port
end

local function follow(frame, pinfo)
    local key = pinfo.number .. " " .. frame.kind .. " " .. frame.request_id
    if pinfo.visited then return calls[key] end
    local mine, theirs = directions(pinfo)
    local call
    if frame.kind == REQUEST or frame.kind == HEARTBEAT then
        call = { request = pinfo.number, begins = pinfo.rel_ts }
        waiting[mine .. " " .. frame.request_id] = call
    elseif frame.kind == RESPONSE then
        call = waiting[theirs .. " " .. frame.request_id]
        waiting[theirs .. " " .. frame.request_id] = nil -- a second answer answers nothing
        if call then
            call.response = pinfo.number
            call.took = pinfo.rel_ts - call.begins
        end
    elseif frame.kind == CANCEL then
        call = waiting[mine .. " " .. frame.request_id] -- still waiting: the response may be under way
    end
    calls[key] = call
    return call
end

-- Showing -----------------------------------------------------------------------------------------------------------

-- The hundred answers the only question a program has. Numbers outside of the classes promise least.
local function status_class(status)
    if status == 0 then return "ok" end
    if status >= 100 and status < 200 then return "never ran" end
    if status >= 300 and status < 400 then return "ran and failed" end
    return "may have run"
end

-- Bytes as a person can read them; nil when they are not text.
local function as_text(range)
    local raw = range:raw()
    -- No control bytes, and what looks like UTF-8. A dissector need not be the judge of more.
    if raw:find("[%z\1-\8\11\12\14-\31\127\192\193\245-\255]") then return nil end
    if not raw:find("[\128-\255]") or raw:find("^[\1-\127\194-\244][\1-\191\194-\244]*$") then return raw end
    return nil
end

local function generated(item)
    item:set_generated(true)
    return item
end

local function show_extension(item, extension)
    local range, number = extension.range, extension.number
    local branch = item:add(F.extension, range)
    local says = EXTENSIONS[number] or "not known to this dissector"
    branch:set_text(string.format("extension: %d, %s%s", number, says, extension.critical and ", critical" or ""))
    branch:add(F.ext_number, range:range(0, 1))
    branch:add(F.ext_critical, range:range(0, 1))
    if range:len() >= 3 then branch:add(F.ext_length, range:range(1, 2)) end
    if extension.fault then
        branch:add_proto_expert_info(X.fault, extension.fault)
        return
    end
    if extension.critical and not EXTENSIONS[number] then branch:add_proto_expert_info(X.critical) end
    if extension.length == 0 then
        if number == DEADLINE or number == TRACE then branch:add_proto_expert_info(X.size) end
        return
    end
    local value = range:range(3)
    branch:add(F.ext_value, value)
    if number == DEADLINE and value:len() == 8 then
        branch:add(F.ext_deadline, value)
        branch:append_text(", " .. tostring(value:uint64()) .. " µs left")
    elseif number == TRACE and value:len() == 25 then
        branch:add(F.ext_trace_id, value:range(0, 16))
        branch:add(F.ext_span_id, value:range(16, 8))
        branch:add(F.ext_trace_flags, value:range(24, 1))
    elseif number == TAG then
        branch:add(F.ext_tag, value)
    elseif number == ACCEPT then
        branch:add(F.ext_accept, value)
    elseif number == SERVICE then
        branch:add(F.ext_service, value)
    elseif number == METHOD then
        branch:add(F.ext_method, value)
    elseif number == METADATA then
        branch:add(F.ext_metadata, value)
    elseif EXTENSIONS[number] then
        branch:add_proto_expert_info(X.size)
    end
end

local function show_call(item, frame, call, pinfo)
    if frame.kind == RESPONSE then
        if call then
            generated(item:add(F.response_to, call.request))
            local seconds = math.floor(call.took)
            generated(item:add(F.time, NSTime.new(seconds, math.floor((call.took - seconds) * 1e9 + 0.5))))
        else
            item:add_proto_expert_info(X.lonely)
        end
    elseif frame.kind == CANCEL then
        if call then generated(item:add(F.cancels, call.request)) else item:add_proto_expert_info(X.lonely) end
    elseif call and call.response then
        generated(item:add(F.response_in, call.response))
    end
end

-- One line about the frame, for the list of packets.
local function summary(frame)
    if not frame.sound then return "not a frame" end
    if frame.missing then return "part of a frame" end
    local words = { KINDS[frame.kind], " id=", frame.request_id }
    if HAS_STATUS[frame.kind] and (frame.status ~= 0 or frame.kind == GOAWAY) then
        local name = STATUSES[frame.status]
        words[#words + 1] = ", " .. frame.status .. (name and " " .. name or "")
    end
    words[#words + 1] = ", " .. (frame.ends - frame.begins) .. " bytes"
    return table.concat(words)
end

-- A packet may hold many frames, and Wireshark may call us more than once for it.
local function show_in_list(pinfo, text)
    pinfo.cols.protocol = "yrpc"
    if pinfo.private.yrpc then
        pinfo.cols.info:append(" | " .. text)
    else
        pinfo.private.yrpc = "1"
        pinfo.cols.info = text
    end
    pinfo.cols.info:fence() -- whatever comes later in this packet adds to it
end

local function show(tvb, pinfo, tree, frame)
    local item = tree:add(yrpc, tvb:range(frame.begins, frame.ends - frame.begins))
    item:append_text(", " .. summary(frame))
    for _, field in ipairs(frame.fields) do
        local row = item:add(F[field.name], field.range)
        if field.cut then row:append_text(string.format(" (%d of %d bytes)", field.range:len(), field.length)) end
        if field.fault then row:add_proto_expert_info(X.fault, field.fault) end
        if field.name == "status" and not field.cut and HAS_STATUS[frame.kind] then
            generated(row:add(F.status_class, field.range, status_class(frame.status)))
        end
    end
    for _, extension in ipairs(frame.extensions) do show_extension(item, extension) end
    if frame.body then
        item:add(F.body, frame.body)
        -- What is packed by a codec or a compressor is not ours to read.
        local text = frame.codec == 0 and frame.compressor == 0 and as_text(frame.body)
        if text then generated(item:add(F.text, frame.body, text)) end
    end
    if frame.rest then item:add(F.rest, frame.rest) end
    if frame.missing then
        item:add_proto_expert_info(X.cut)
    elseif frame.sound then
        show_call(item, frame, follow(frame, pinfo), pinfo)
    end
    show_in_list(pinfo, summary(frame))
end

local function show_after_fault(tvb, pinfo, tree, broken_in)
    local item = tree:add(yrpc, tvb:range())
    item:append_text(", after the fault in packet " .. broken_in)
    item:add_proto_expert_info(X.after)
    item:add(F.rest, tvb:range())
    show_in_list(pinfo, "after a fault, " .. tvb:len() .. " bytes")
end

-- The dissector -----------------------------------------------------------------------------------------------------

local function dissect(tvb, pinfo, tree)
    local from = directions(pinfo)
    local at = 0
    while at < tvb:len() do
        local broken_in = faults[from]
        if broken_in and pinfo.number > broken_in then
            show_after_fault(tvb, pinfo, tree, broken_in)
            return tvb:len()
        end
        local frame = look(tvb, at)
        -- Waiting makes sense only for bytes that were captured.
        if frame.missing and pinfo.can_desegment > 0 and tvb:len() == tvb:reported_len() then
            pinfo.desegment_offset = at
            pinfo.desegment_len = frame.missing
            return tvb:len()
        end
        show(tvb, pinfo, tree, frame)
        if frame.sound then
            spoken[from] = true
        elseif spoken[from] and not pinfo.visited then
            -- A decoder gives up here, and so do we. Only where not one whole frame has been seen do we look again
            -- at the next packet: the capture may have begun in the middle of a frame.
            faults[from] = pinfo.number
        end
        at = frame.ends
    end
    return tvb:len()
end

function yrpc.dissector(tvb, pinfo, tree)
    return dissect(tvb, pinfo, tree)
end

-- Any port will do: a stream is ours if it begins with the whole magic number and something that may be a version.
-- Less would claim the streams of others; text that begins with these four letters goes on with more text. From then
-- on the connection is ours, so that a packet which begins in the middle of a frame comes to us, too.
local function heuristic(tvb, pinfo, tree)
    if tvb:len() < 5 or tvb:range(0, 4):raw() ~= MAGIC then return false end
    local version = tvb:range(4, 1):uint()
    if version == 0 or version >= 0x20 then return false end
    pinfo.conversation = yrpc
    dissect(tvb, pinfo, tree) -- not yrpc.dissector: one call deeper, Wireshark would no longer put segments together
    return true
end
yrpc:register_heuristic("tcp", heuristic)

-- "Decode As…" lists us; and the ports of the preferences, if any, are ours.
local tcp_ports = DissectorTable.get("tcp.port")
tcp_ports:add_for_decode_as(yrpc)
local registered = ""
function yrpc.prefs_changed()
    local ports = yrpc.prefs.ports
    if ports == registered then return end
    if registered ~= "" then tcp_ports:remove(registered, yrpc) end
    if ports ~= "" then tcp_ports:add(ports, yrpc) end
    registered = ports
end
