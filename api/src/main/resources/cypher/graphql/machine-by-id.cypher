// A machine. Parameter: id. Cost: one seek.
MATCH (m:Machine {id: $id})
RETURN m {.id, .name, .kind, .state, .registeredAt} AS value
