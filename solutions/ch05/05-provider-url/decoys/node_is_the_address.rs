// mistake: takes the address for the name
// killed by: no_border_of_a_path_is_left_in_a_node
// says: ends a name in the tree
// region: to_node
    to_url(url)
