// Packages hang on groups that inventories share (ADR 37); before, each inventory led to each of its packages itself.
CREATE CONSTRAINT package_group_id IF NOT EXISTS FOR (n:PackageGroup) REQUIRE n.id IS UNIQUE;
