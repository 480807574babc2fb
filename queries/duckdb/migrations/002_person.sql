-- What people decided about a name: who of the roll is meant by it in the
-- sheets of attendance (role member, volunteer), or that people who stand under
-- it on a roll are one (member_roll, volunteer_roll). Nothing is changed in
-- place: an undo is a row of its own.
CREATE TABLE ops.person_decision (
    seq          BIGINT    NOT NULL,
    made_at      TIMESTAMP NOT NULL,
    who          VARCHAR   NOT NULL,
    action       VARCHAR   NOT NULL CHECK (action IN ('decide', 'undo')),
    undoes       BIGINT,             -- the decision's seq
    community    VARCHAR   NOT NULL,
    role         VARCHAR   NOT NULL CHECK (role IN ('member', 'volunteer', 'member_roll', 'volunteer_roll')),
    team         VARCHAR   NOT NULL, -- of a volunteer's sheet, else ''
    name         VARCHAR   NOT NULL, -- as the sheet has it
    phone_key    UUID,               -- of the sheet's row
    period_start DATE      NOT NULL, -- of the sheet; the decision holds from there on
    period_end   DATE      NOT NULL,
    person       VARCHAR,            -- null: none of those on the roll
    CHECK ((action = 'undo') = (undoes IS NOT NULL))
);

-- The people of the roll that a decision was made among, as they were shown.
-- Several chosen ones are one and the same.
CREATE TABLE ops.person_choice (
    decision BIGINT  NOT NULL,
    nth      INTEGER NOT NULL,
    person   VARCHAR NOT NULL,
    shown    VARCHAR NOT NULL,
    chosen   BOOLEAN NOT NULL
);

-- What the standing decisions say today follows; three tables keep it with the
-- time that it held, since working it out in each figure would take longer
-- than the figure.
CREATE VIEW ops.person_standing AS
SELECT * EXCLUDE (action, undoes) FROM ops.person_decision
WHERE action = 'decide' AND seq NOT IN (SELECT undoes FROM ops.person_decision WHERE action = 'undo');

-- Identities that are one person by decision, each with the one it goes by: the
-- surest of all that hang together, so that the order of deciding is nothing.
CREATE VIEW ops.person_alias_now AS
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
    SELECT community, one AS person, arg_min(other, (list_position(['id', 'phone', 'birth', 'row'], split_part(other, ':', 1)), other)) AS same_as
    FROM reached
    GROUP BY community, one
)
SELECT community, person, same_as FROM surest WHERE same_as <> person;

-- Whom the makers of a decision had before them.
CREATE VIEW ops.person_seen_now AS
SELECT DISTINCT s.community, s.seq AS decision, COALESCE(a.same_as, c.person) AS person
FROM ops.person_standing s
JOIN ops.person_choice c ON c.decision = s.seq
LEFT JOIN ops.person_alias_now a ON a.community = s.community AND a.person = c.person;

-- Each decision with the span of periods' ends that it is about: up to the
-- next decision on the same name.
CREATE VIEW ops.person_decided_now AS
WITH
ranked AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY community, role, team, name, phone_key, period_end ORDER BY seq DESC) AS age
    FROM ops.person_standing
)
SELECT r.community, r.seq AS decision, r.role, r.team, r.name, r.phone_key, COALESCE(a.same_as, r.person) AS person, r.period_end AS first_end,
       COALESCE(LEAD(r.period_end) OVER (PARTITION BY r.community, r.role, r.team, r.name, r.phone_key ORDER BY r.period_end), DATE '9999-12-31') AS next_end
FROM ranked r LEFT JOIN ops.person_alias_now a ON a.community = r.community AND a.person = r.person
WHERE r.age = 1;

CREATE TABLE ops.person_alias_known AS SELECT *, TIMESTAMP '0001-01-01' AS since, TIMESTAMP '9999-12-31' AS until FROM ops.person_alias_now;
CREATE TABLE ops.person_seen_known AS SELECT *, TIMESTAMP '0001-01-01' AS since, TIMESTAMP '9999-12-31' AS until FROM ops.person_seen_now;
CREATE TABLE ops.person_decided_known AS SELECT *, TIMESTAMP '0001-01-01' AS since, TIMESTAMP '9999-12-31' AS until FROM ops.person_decided_now;

-- What the models read: the same, as of the connection's variable as_of.
CREATE VIEW ops.person_alias AS
SELECT * EXCLUDE (since, until) FROM ops.person_alias_known
WHERE COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') >= since
  AND COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') < until;
CREATE VIEW ops.person_seen AS
SELECT * EXCLUDE (since, until) FROM ops.person_seen_known
WHERE COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') >= since
  AND COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') < until;
CREATE VIEW ops.person_decided AS
SELECT * EXCLUDE (since, until) FROM ops.person_decided_known
WHERE COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') >= since
  AND COALESCE(CAST(getvariable('as_of') AS TIMESTAMP), TIMESTAMP '9999-12-30') < until;
