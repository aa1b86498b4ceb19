// Answers: images as members of a family, each with its inventory, its place in a chain and the machines that it was deployed to.
// Parameters: ids (list), machines (number)
// Cost: one index lookup and some steps for each image.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id}) USING INDEX SEEK image:Image(id)
OPTIONAL CALL (image) {
  MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
  RETURN inventory LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN chain.name AS chain, has.number AS number LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION]-(chain:VersionChain)
  RETURN chain.name AS branchChain, of.number AS branchVersion, has.number AS branchNumber
  ORDER BY has.since DESC, chain.name, has.number DESC LIMIT 1
}
RETURN image.id AS id, image.name AS name, image.location AS location, image.format AS format,
       coalesce(image.state, 'ACTIVE') AS state, image.modifiedAt AS modifiedAt, inventory.id AS inventoryId,
       chain, number, branchChain, branchVersion, branchNumber,
       head([(image)-[:STORED_IN]->(repository:Repository) | repository.kind]) AS repositoryKind,
       COLLECT { MATCH (image)<-[:POINTS_TO]-(channel:Channel) RETURN channel.name ORDER BY channel.name LIMIT 50 } AS channels,
       COLLECT { MATCH (image)<-[runs:DEPLOYED_FROM]-(machine:Machine) WHERE runs.until IS NULL
                 RETURN machine {.id, .name, .kind, .powerState, since: runs.since,
                         branch: head(COLLECT { MATCH (machine)<-[opened:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION]-(itsChain:VersionChain)
                                       WHERE opened.since = runs.since
                                       RETURN itsChain.name + ':' + of.number + '.' + toString(opened.number) LIMIT 1 })} ORDER BY machine.name, machine.id LIMIT $machines } AS machines
