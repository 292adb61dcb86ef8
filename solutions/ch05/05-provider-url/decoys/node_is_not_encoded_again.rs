// mistake: leaves alone what has a percent sign already
// killed by: the_name_of_a_node_is_the_address_encoded_once_more
// says: a value is encoded twice
// region: to_node
    encode(&to_url(url)).replace("%25", "%")
