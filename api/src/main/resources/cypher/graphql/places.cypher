// Where images stand in version chains. Parameter: ids. Cost: one step a place.
UNWIND $ids AS id
MATCH (i:Image {id: id})
CALL (i) {
  MATCH (i)<-[has:HAS_VERSION]-(chain:VersionChain)
  RETURN chain.name AS chain, has.number AS version, null AS branch, has.since AS since
  UNION ALL
  MATCH (i)<-[has:HAS_BRANCH]-(:Image)<-[of:HAS_VERSION]-(chain:VersionChain)
  RETURN chain.name AS chain, of.number AS version, has.number AS branch, has.since AS since
}
RETURN id AS key, {chain: chain, version: version, branch: branch,
  reference: chain + ':' + version + CASE WHEN branch IS NULL THEN '' ELSE '.' + toString(branch) END} AS value
ORDER BY branch IS NULL DESC, since DESC
