// Answers: how many machines there are.
// Parameters: none
// Cost: the count store.
CYPHER 25
MATCH (machine:Machine)
RETURN count(machine) AS total
