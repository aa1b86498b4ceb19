// A new chain without versions. A name that is taken is a conflict.
// Parameters: id, name, now. Cost: two index seeks.
CREATE (:VersionChain {id: $id, name: $name, createdAt: $now, last: 0})
