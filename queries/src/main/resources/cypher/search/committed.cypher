// Answers: how many transactions were committed, which tells whether anything changed.
// Parameters: none
// Cost: a look at the state of each database.
CYPHER 25
SHOW DATABASES YIELD name, lastCommittedTxn
WHERE name <> 'system'
RETURN name, lastCommittedTxn
