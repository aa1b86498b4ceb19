// What machines run and ran. Parameter: ids. Cost: some steps a deployment.
UNWIND $ids AS id
MATCH (m:Machine {id: id})-[runs:DEPLOYED_FROM]->(i:Image)
RETURN id AS key, {since: runs.since, until: runs.until, image: i {.id, .name, .description, .format, .location, .virtualBytes, .allocatedBytes, .modifiedAt, .state},
  branch: head([(m)<-[has:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION]-(chain:VersionChain) WHERE has.since = runs.since |
    chain.name + ':' + of.number + '.' + toString(has.number)])} AS value
ORDER BY runs.since DESC LIMIT 100000
