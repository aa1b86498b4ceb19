// The versions that are made of some contents of the store.
// Parameters: contents (list). Cost: one index seek for each.
CYPHER 25
UNWIND $contents AS content
MATCH (image:Image {content: content})<-[has:HAS_VERSION]-(chain:VersionChain)
RETURN chain.name + ':' + has.number AS version ORDER BY chain.name, has.ordinal
