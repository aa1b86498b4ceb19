// Answers: a version's place in its chain and how many branches it has.
// Parameters: imageId (text)
// Cost: one index lookup and one step for each branch.
CYPHER 25
MATCH (image:Image {id: $imageId})<-[has:HAS_VERSION]-(chain:VersionChain)
RETURN chain.name AS chain, has.number AS number, COUNT { (image)-[:HAS_BRANCH]->() } AS total
