// mistake: sends the arguments as a tuple, without names
// killed by: every_argument_is_a_field_with_its_name
// says: A field for each argument
// region: call
                    self.0.call(stringify!($method), &($(&$argument,)*))
