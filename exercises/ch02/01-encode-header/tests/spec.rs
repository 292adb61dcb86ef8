//! # Spec of 02-01: encode a header
//!
//! A header is a form with fixed places: whoever reads it looks at byte 20 for the length of the body, and
//! nowhere else. So two ends that were written in different languages, in different years, agree about every
//! byte, or they do not talk at all. Numbers go out *big endian*, the largest byte first.
//!
//! `encode` fills in the form. `header_of` finds out what to write there: it counts, and it refuses what the
//! other side would refuse anyway, while the caller is still there to be told.

mod harness;

use ch02_protocol::{EncodeError, Extensions, Frame, FrameDecoder, FrameLimits, Header, Kind, Status};
use encode_header::{encode, header_of};
use harness::{PAGE, check_header, check_not_judged, drawn};
use spec_kit::Failure;

/// A request without extensions whose body has five bytes.
const HELLO: Header = Header {
    kind: Kind::Request,
    codec: 0,
    compressor: 0,
    header_len: 24,
    status: Status::OK,
    request_id: 1,
    body_len: 5,
};

/// So much that no test comes near it. Those about limits have their own.
const AMPLE: FrameLimits = FrameLimits { max_header: 4096, max_body: 1 << 20 };

// ---- encode ----

#[test]
fn a_first_request() {
    let expected = b"yrpc\x01\x01\0\0\0\x18\0\0\0\0\0\0\0\0\0\x01\0\0\0\x05";
    check_header("The simplest request there is, and its header is wrong.", &encode(&HELLO), expected);
}

#[test]
fn every_field_has_its_place() {
    let header = Header {
        kind: Kind::Response,
        codec: 0x11,
        compressor: 0x12,
        header_len: 0x2122,
        status: Status(0x3132),
        request_id: 0x4142_4344_4546_4748,
        body_len: 0x5152_5354,
    };
    let expected = b"yrpc\x01\x02\x11\x12\x21\x22\x31\x32\x41\x42\x43\x44\x45\x46\x47\x48\x51\x52\x53\x54";
    check_header("Every field has another value, and one is not in its place.", &encode(&header), expected);
}

#[test]
fn the_largest_numbers_fit() {
    let header = Header {
        kind: Kind::Response,
        codec: 255,
        compressor: 255,
        header_len: u16::MAX,
        status: Status(u16::MAX),
        request_id: u64::MAX,
        body_len: u32::MAX,
    };
    let mut expected = [255; 24];
    expected[..6].copy_from_slice(b"yrpc\x01\x02");
    check_header("All numbers are as large as they can be, and one was cut.", &encode(&header), &expected);
}

#[test]
fn every_kind_has_its_number() {
    let numbers = [
        (Kind::Request, 1),
        (Kind::Response, 2),
        (Kind::OneWay, 3),
        (Kind::Heartbeat, 4),
        (Kind::Cancel, 5),
        (Kind::Goaway, 6),
    ];
    for (kind, number) in numbers {
        let bytes = encode(&Header { kind, ..HELLO });
        if bytes[5] != number {
            Failure::new(format_args!("The header of a {kind} says something else."))
                .show("your header", drawn(&bytes))
                .expected(format_args!("byte 5: {number}"))
                .got(bytes[5])
                .because(
                    "The numbers of the kinds travel on the wire, so they are part of the type: `kind as \
                     u8`.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn encode_judges_nothing() {
    for kind in Kind::ALL {
        let right = Header { kind, body_len: 0, ..HELLO };
        check_header("Already a header without a fault is wrong.", &encode(&right), &right.encode());
        // No kind may have such a header length, and none of them all the rest.
        let wrong =
            Header { kind, header_len: 0, status: Status::NOT_FOUND, request_id: 0, body_len: 5, ..HELLO };
        check_not_judged(
            &format!("A {kind} was not written as its header says: there are faults in it on purpose."),
            &wrong,
        );
    }
}

// ---- header_of ----

/// A request with 7 bytes of extension, one that nobody knows, and a body of 5.
fn tagged() -> Frame {
    Frame::new(Kind::Request, 1, "hello").with_extensions(Extensions::none().with(90, false, b"gray"))
}

#[test]
fn the_body_length_counts_the_body_only() {
    for (frame, is) in
        [(tagged(), 5), (Frame::new(Kind::Request, 1, "hello"), 5), (Frame::new(Kind::Request, 1, ""), 0)]
    {
        let header = header_of(&frame, &AMPLE);
        let got = match &header {
            Ok(header) if header.body_len == is => continue,
            Ok(header) => header.body_len as usize,
            Err(error) => refused_for_nothing(&frame, error),
        };
        let extensions = frame.extensions.as_bytes().len();
        let cause = match got - frame.body.len().min(got) {
            24 => {
                "You counted the fixed part of the header as well. The reader would wait for 24 bytes that \
                 never come, or take them from the next frame."
            }
            counted if counted == 24 + extensions => {
                "You counted the whole frame, header and all. The reader would wait for bytes that never \
                 come, or take them from the next frame."
            }
            counted if counted == extensions => {
                "You counted the extensions as well. They are part of the header."
            }
            _ => "Count what comes behind the header.",
        };
        Failure::new(format_args!(
            "The body length counts the body only: expected {is}, your header says {got}."
        ))
        .show("the frame", frame_parts(&frame))
        .expected(is)
        .got(got)
        .because(cause)
        .page(PAGE)
        .raise();
    }
}

#[test]
fn the_header_length_counts_the_extensions() {
    for (frame, is) in [(Frame::new(Kind::Request, 1, "hello"), 24), (tagged(), 31)] {
        let header = header_of(&frame, &AMPLE);
        let got = match &header {
            Ok(header) if header.header_len == is => continue,
            Ok(header) => header.header_len,
            Err(error) => refused_for_nothing(&frame, error),
        };
        let cause = match got {
            24 => {
                "You left out the extensions: the other side would take them for the beginning of the body."
            }
            0 | 7 => {
                "You counted the extensions without the 24 bytes before them. A header counts itself, from \
                 the `y` on."
            }
            _ => "It goes from the `y` to the first byte of the body: 24, and the extensions.",
        };
        Failure::new(format_args!(
            "The header length says where the body begins: expected {is}, yours says {got}."
        ))
        .show("the frame", frame_parts(&frame))
        .expected(is)
        .got(got)
        .because(cause)
        .page(PAGE)
        .raise();
    }
}

#[test]
fn what_stands_in_the_frame_stands_in_the_header() {
    let response = Frame { codec: 3, compressor: 4, ..Frame::response(1 << 40, Status::NOT_FOUND, "no") };
    let expected = Header {
        kind: Kind::Response,
        codec: 3,
        compressor: 4,
        header_len: 24,
        status: Status::NOT_FOUND,
        request_id: 1 << 40,
        body_len: 2,
    };
    let got = header_of(&response, &AMPLE);
    if got != Ok(expected) {
        Failure::new("Something of the frame did not get into its header, or got there changed.")
            .show("the frame", format_args!("{response:#?}"))
            .expected(format_args!("Ok({expected:?})"))
            .got(format_args!("{got:?}"))
            .because(
                "Kind, codec, compressor, status and request id go in as they are; only the lengths are \
                 counted.",
            )
            .page(PAGE)
            .raise();
    }
}

#[test]
fn any_request_id_is_right() {
    for kind in Kind::ALL {
        for id in [1, 0, u64::MAX] {
            let got = header_of(&Frame::new(kind, id, ""), &AMPLE).map(|header| header.request_id);
            if got != Ok(id) {
                Failure::new(format_args!("A {kind} with the request id {id} was to be sent."))
                    .expected(format_args!("Ok({id})"))
                    .got(format_args!("{got:?}"))
                    .because(if id == 1 {
                        "There is nothing wrong with this frame. Other tests look at such; begin with those."
                    } else {
                        "The id goes in as it is. Whoever makes the ids may begin where he likes, also at 0, \
                         and no id means \"none\"."
                    })
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn every_kind_may_have_extensions() {
    for kind in Kind::ALL {
        for (extensions, is) in [(Extensions::none(), 24), (Extensions::none().with(90, false, b"gray"), 31)]
        {
            let frame = Frame::new(kind, 1, "").with_extensions(extensions);
            let got = header_of(&frame, &AMPLE).map(|header| header.header_len);
            if got != Ok(is) {
                Failure::new(format_args!("A {kind} with a header of {is} bytes was to be sent."))
                    .show("the frame", frame_parts(&frame))
                    .expected(format_args!("Ok({is})"))
                    .got(format_args!("{got:?}"))
                    .because(if is > 24 {
                        "Extensions are a part of the header. A kind without a body still has a header, so \
                         it may have extensions, too, and they are counted in its length."
                    } else {
                        "There is nothing in this frame but the 24 bytes, and nothing wrong with them."
                    })
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn a_status_only_where_there_is_one() {
    for kind in Kind::ALL {
        let frame = Frame { status: Status::BUSY, ..Frame::new(kind, 1, "") };
        let has_one = matches!(kind, Kind::Response | Kind::Goaway);
        let got = header_of(&frame, &AMPLE).map(|header| header.status);
        let expected = if has_one {
            Ok(Status::BUSY)
        } else {
            Err(EncodeError::UnexpectedStatus { kind, status: Status::BUSY })
        };
        if got != expected {
            Failure::new(format_args!("A {kind} with the status \"busy\" was to be sent."))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(
                    "Only a response and a goaway have something to report. In all other frames a status is \
                     a mistake of the sender, and the receiver would close the connection for it. \
                     `Kind::has_status` knows.",
                )
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_body_only_where_there_is_one() {
    for kind in Kind::ALL {
        let has_one = !matches!(kind, Kind::Heartbeat | Kind::Cancel);
        for body in ["", "ping"] {
            let got = header_of(&Frame::new(kind, 1, body), &AMPLE).map(|header| header.body_len);
            let expected = if has_one || body.is_empty() {
                Ok(body.len() as u32)
            } else {
                Err(EncodeError::UnexpectedBody { kind, length: body.len() })
            };
            if got != expected {
                Failure::new(format_args!("A {kind} with a body of {} bytes was to be sent.", body.len()))
                    .expected(format_args!("{expected:?}"))
                    .got(format_args!("{got:?}"))
                    .because(
                        "A heartbeat and a cancel are complete without a body, and the receiver would close \
                         the connection for one. All others may have a body, and none of them needs one. \
                         `Kind::has_body` knows.",
                    )
                    .page(PAGE)
                    .raise();
            }
        }
    }
}

#[test]
fn the_body_has_a_limit() {
    let limits = FrameLimits { max_body: 10, ..AMPLE };
    for (length, expected) in [(10, Ok(10)), (11, Err(EncodeError::BodyTooLong { got: 11, limit: 10 }))] {
        let got =
            header_of(&Frame::new(Kind::Request, 1, vec![0; length]), &limits).map(|header| header.body_len);
        if got != expected {
            Failure::new(format_args!("A body of {length} bytes met a limit of 10."))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(if expected.is_ok() {
                    "The limit itself is allowed: refuse what is above it. (It is a limit on the body, not \
                     on the frame.)"
                } else {
                    "The other side has the same limit, and closes. Refuse the frame while its caller is \
                     there to hear of it; `got` and `limit` count the body alone."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn the_header_has_a_limit() {
    let limits = FrameLimits { max_header: 40, ..AMPLE };
    // 24 and 3 for an extension's type and length: a value of 13 makes 40.
    for (value, expected) in [(13, Ok(40)), (14, Err(EncodeError::HeaderTooLong { got: 41, limit: 40 }))] {
        let extensions = Extensions::none().with(90, false, &vec![0; value]);
        let frame = Frame::new(Kind::Request, 1, "").with_extensions(extensions);
        let got = header_of(&frame, &limits).map(|header| header.header_len);
        if got != expected {
            Failure::new(format_args!("A header of {} bytes met a limit of 40.", 27 + value))
                .expected(format_args!("{expected:?}"))
                .got(format_args!("{got:?}"))
                .because(if expected.is_ok() {
                    "The limit itself is allowed: refuse what is above it. (It is a limit on the header, \
                     not on the extensions.)"
                } else {
                    "The other side has the same limit, and closes. `got` and `limit` count the whole \
                     header, with the 24 bytes of its fixed part."
                })
                .page(PAGE)
                .raise();
        }
    }
}

#[test]
fn a_length_is_refused_not_cut() {
    // Two extensions of 32,771 bytes and the 24 before them are 65,566: in a field of two bytes, 30.
    let long = vec![0; 32_768];
    let extensions = Extensions::none().with(90, false, &long).with(91, false, &long);
    let frame = Frame::new(Kind::Request, 1, "").with_extensions(extensions);
    let limits = FrameLimits { max_header: u16::MAX, max_body: u32::MAX };
    let got = header_of(&frame, &limits).map(|header| header.header_len);
    let expected = Err(EncodeError::HeaderTooLong { got: 65_566, limit: 65_535 });
    if got != expected {
        Failure::new("The header is longer than its length field can say.")
            .show("the frame", "24 bytes, and two extensions of 32,771 bytes each: 65,566 bytes of header")
            .expected(format_args!("{expected:?}"))
            .got(format_args!("{got:?}"))
            .because(match got {
                Err(_) => "`got` and `limit` count the whole header, with the 24 bytes of its fixed part.",
                Ok(_) => {
                    "`as u16` keeps the lower two bytes and drops the rest without a word: 65,566 becomes \
                     30. Look at the length while it still is a `usize`, and make it small afterwards (or \
                     use `u16::try_from`)."
                }
            })
            .page(PAGE)
            .raise();
    }
}

// ---- both ----

#[test]
fn the_other_side_understands_it() {
    let frames = [
        Frame::new(Kind::Request, 7, "say_hello world"),
        tagged(),
        Frame::new(Kind::Heartbeat, 8, ""),
        Frame::response(u64::MAX, Status::BUSY, ""),
        Frame::goaway(9, Status::SHUTTING_DOWN, "bye"),
    ];
    let limits = FrameLimits::default();
    let mut decoder = FrameDecoder::new(limits);
    for frame in frames {
        let header = header_of(&frame, &limits).unwrap_or_else(|error| refused_for_nothing(&frame, &error));
        let bytes = [&encode(&header)[..], frame.extensions.as_bytes(), &frame.body].concat();
        decoder.feed(&bytes);
        let got = decoder.next_frame();
        if got != Ok(Some(frame.clone())) {
            Failure::new("The chapter's decoder was given your header, and does not find your frame.")
                .show("your header, the extensions and the body", drawn(&bytes))
                .expected(format_args!("{frame:?}"))
                .got(format_args!("{got:?}"))
                .because("If other tests are red too, begin with them: they look at one thing at a time.")
                .page(PAGE)
                .raise();
        }
    }
}

fn refused_for_nothing(frame: &Frame, error: &EncodeError) -> ! {
    Failure::new("A frame that the other side would take was not sent.")
        .show("the frame", frame_parts(frame))
        .expected("Ok(…)")
        .got(format_args!("Err({error:?})"))
        .because(
            "Refuse a status or a body where the kind has none, and a length above its limit. Nothing \
             else.",
        )
        .page(PAGE)
        .raise()
}

fn frame_parts(frame: &Frame) -> String {
    format!(
        "a {}: 24 bytes, {} of extensions, {} of body",
        frame.kind,
        frame.extensions.as_bytes().len(),
        frame.body.len()
    )
}
