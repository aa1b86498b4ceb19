// Machines that run images. Parameter: ids. Cost: one step a deployment.
UNWIND $ids AS id
MATCH (:Image {id: id})<-[runs:DEPLOYED_FROM]-(m:Machine) WHERE runs.until IS NULL
RETURN id AS key, m {.id, .name, .kind, .state, .registeredAt} AS value
ORDER BY m.name, m.id LIMIT 100000
