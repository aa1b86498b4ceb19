// Answers: how much the graph holds, which tells whether anything came or went; everything that Stemma does leaves a node behind.
// Parameters: none
// Cost: two numbers that the server keeps.
CYPHER 25
CALL () { MATCH (node) RETURN count(node) AS nodes }
CALL () { MATCH ()-[relationship]->() RETURN count(relationship) AS relationships }
RETURN nodes, relationships
