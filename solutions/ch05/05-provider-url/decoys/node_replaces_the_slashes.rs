// mistake: encodes the borders of a path, and nothing else
// killed by: the_name_of_a_node_is_the_address_encoded_once_more
// says: encoded once more
// region: to_node
    to_url(url).replace('/', "%2F")
