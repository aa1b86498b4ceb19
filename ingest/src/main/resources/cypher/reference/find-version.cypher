// A version by its id, with its place in its chain.
// Parameters: image (id). Cost: one index seek.
MATCH (image:Image {id: $image})<-[has:HAS_VERSION]-(chain:VersionChain)
RETURN image.id AS image, image.content AS content, image.state AS state, image.name AS name, image.format AS format,
  image.virtualBytes AS virtualBytes, image.collectedAt IS NOT NULL AS collected,
  chain.id AS chain, chain.name AS chainName, has.number AS number, has.ordinal AS ordinal
