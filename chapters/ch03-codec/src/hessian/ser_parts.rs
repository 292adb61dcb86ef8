//! Lists, maps and objects while serde writes them, element by element.

use serde::Serialize;
use serde::ser;

use super::classes::Begun;
use super::error::Error;
use super::ser::Serializer;
use super::{tag, text};

/// A list, or the content of a variant that is one.
#[derive(Debug)]
pub struct List<'s, 'o> {
    serializer: &'s mut Serializer<'o>,
    announced: Option<usize>,
    got: usize,
    /// It stands in a map of one entry, which ends with it.
    in_map: bool,
}

impl<'s, 'o> List<'s, 'o> {
    #[inline]
    pub(super) fn begin(
        serializer: &'s mut Serializer<'o>,
        announced: Option<usize>,
        in_map: bool,
    ) -> Result<Self, Error> {
        serializer.list_head(announced)?;
        Ok(Self { serializer, announced, got: 0, in_map })
    }

    #[inline]
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.got += 1;
        value.serialize(&mut *self.serializer)
    }

    #[inline]
    fn finish(self) -> Result<(), Error> {
        match self.announced {
            Some(announced) if announced != self.got => {
                return Err(Error::Announced { announced, got: self.got });
            }
            Some(_) => {}
            None => self.serializer.out.push(tag::END),
        }
        if self.in_map {
            self.serializer.out.push(tag::END);
        }
        Ok(())
    }
}

/// A map, or the content of a variant that is one.
#[derive(Debug)]
pub struct Map<'s, 'o> {
    serializer: &'s mut Serializer<'o>,
    in_map: bool,
}

impl<'s, 'o> Map<'s, 'o> {
    #[inline]
    pub(super) fn begin(serializer: &'s mut Serializer<'o>, in_map: bool) -> Self {
        serializer.out.push(tag::MAP);
        Self { serializer, in_map }
    }

    #[inline]
    fn finish(self) -> Result<(), Error> {
        self.serializer.out.push(tag::END);
        if self.in_map {
            self.serializer.out.push(tag::END);
        }
        Ok(())
    }
}

/// An object.
#[derive(Debug)]
pub struct Object<'s, 'o> {
    serializer: &'s mut Serializer<'o>,
    begun: Begun,
    /// Where it begins, if it is the first of its class.
    definition_at: Option<usize>,
}

impl<'s, 'o> Object<'s, 'o> {
    /// serde names the fields one by one, each with its value; but a definition, with all names, stands before
    /// the first object. So that object is written first, and its definition is moved in front of it when the
    /// last name is known. Its class takes its number now: classes inside of the object come later.
    // ANCHOR: splice
    #[inline]
    pub(super) fn begin(serializer: &'s mut Serializer<'o>, name: &'static str) -> Result<Self, Error> {
        let (class, first) = serializer.classes.number(name);
        let begun = serializer.classes.begin(class);
        let definition_at = first.then_some(serializer.out.len());
        serializer.object_head(class)?;
        Ok(Self { serializer, begun, definition_at })
    }

    #[inline]
    fn finish(self) -> Result<(), Error> {
        let Serializer { out, classes } = self.serializer;
        let class = self.begun.class;
        classes.end(self.begun)?;
        if let Some(begin) = self.definition_at {
            let end = out.len();
            classes.define(class, out)?;
            let length = out.len() - end;
            out[begin..].rotate_right(length);
        }
        Ok(())
    }
    // ANCHOR_END: splice
}

impl ser::SerializeStruct for Object<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        self.serializer.classes.field(&mut self.begun, key)?;
        value.serialize(&mut *self.serializer)
    }

    /// A class has the same fields in all its objects: what is skipped is null.
    fn skip_field(&mut self, key: &'static str) -> Result<(), Error> {
        self.serialize_field(key, &())
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

/// serde has four names for a list.
macro_rules! lists {
    ($($list:ident::$method:ident)*) => {$(
        impl ser::$list for List<'_, '_> {
            type Ok = ();
            type Error = Error;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.element(value)
            }

            #[inline]
            fn end(self) -> Result<(), Error> {
                self.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

impl ser::SerializeMap for Map<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(&mut *self.serializer)
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.serializer)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}

impl ser::SerializeStructVariant for Map<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        text::write(self.serializer.out, key);
        value.serialize(&mut *self.serializer)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.finish()
    }
}
