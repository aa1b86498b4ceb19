// The reference repository: chains of versions, their channels, and the versions that hold one content of the store.
CREATE CONSTRAINT version_chain_id IF NOT EXISTS FOR (n:VersionChain) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT version_chain_name IF NOT EXISTS FOR (n:VersionChain) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT channel_id IF NOT EXISTS FOR (n:Channel) REQUIRE n.id IS UNIQUE;
CREATE INDEX image_content IF NOT EXISTS FOR (n:Image) ON (n.content);
