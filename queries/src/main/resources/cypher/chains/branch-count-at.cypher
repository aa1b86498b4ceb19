// Answers: a version's place in its chain and how many branches it had as of a moment.
// Parameters: imageId (text), at (time)
// Cost: one index lookup and one step for each place and branch.
CYPHER 25
MATCH (image:Image {id: $imageId})<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
RETURN chain.name AS chain, has.number AS number, COUNT { MATCH (image)-[branch:HAS_BRANCH]->() WHERE branch.since <= $at } AS total
LIMIT 1
