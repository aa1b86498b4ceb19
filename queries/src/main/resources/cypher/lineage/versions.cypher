// Answers: which of some images are versions, and where in their chains.
// Parameters: ids (list)
// Cost: one index lookup and one step for each image.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})<-[has:HAS_VERSION]-(chain:VersionChain) USING INDEX SEEK image:Image(id)
RETURN id, chain.name AS chain, has.number AS number, has.ordinal AS ordinal, image.state AS state
