-- As in 002_person.sql; an identity by name and place is surer than by row.
CREATE OR REPLACE VIEW ops.person_alias_now AS
WITH RECURSIVE
said AS (
    SELECT s.community, s.person AS one, c.person AS other
    FROM ops.person_standing s JOIN ops.person_choice c ON c.decision = s.seq
    WHERE c.chosen AND c.person <> s.person
),
pairs AS (
    SELECT community, one, other FROM said UNION SELECT community, other, one FROM said
),
reached AS (
    SELECT community, one, other FROM pairs
    UNION
    SELECT r.community, r.one, p.other FROM reached r JOIN pairs p ON p.community = r.community AND p.one = r.other
),
surest AS (
    SELECT community, one AS person, arg_min(other, (list_position(['id', 'phone', 'birth', 'place', 'row'], split_part(other, ':', 1)), other)) AS same_as
    FROM reached
    GROUP BY community, one
)
SELECT community, person, same_as FROM surest WHERE same_as <> person;
