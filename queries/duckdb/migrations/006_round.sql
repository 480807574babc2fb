-- A proposal can be judged again: the rules as they were, and of each person
-- what the measures gave. Former proposals lack both; rating makes them anew.
CREATE TABLE stars.policy (
    hash VARCHAR NOT NULL PRIMARY KEY,
    name VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);
DROP TABLE stars.rating;
CREATE TABLE stars.rating (
    revision    BIGINT        NOT NULL,
    community   VARCHAR       NOT NULL,
    seq         INTEGER       NOT NULL,
    person      VARCHAR       NOT NULL,
    name        VARCHAR       NOT NULL,
    kind        VARCHAR       NOT NULL,
    standing    VARCHAR       NOT NULL,
    party_group VARCHAR       NOT NULL, -- or a volunteer's team
    facts       VARCHAR       NOT NULL, -- a line each: member_hours=18.5, or of a quarter member_hours@2=3
    score       DECIMAL(18,2) NOT NULL,
    star        INTEGER       NOT NULL,
    reasons     VARCHAR       NOT NULL
);
DELETE FROM stars.proposal;

-- What people did in the rounds. Each row holds the digest of the one before,
-- and a digest of itself: a row that was changed is refused, and one that was
-- changed with its digest no longer fits the next.
CREATE TABLE stars.act (
    seq       BIGINT    NOT NULL PRIMARY KEY,
    made_at   TIMESTAMP NOT NULL,
    day       DATE      NOT NULL, -- the office's
    who       VARCHAR   NOT NULL CHECK (who <> ''),
    year      INTEGER   NOT NULL,
    community VARCHAR   NOT NULL,
    policy    VARCHAR   NOT NULL,
    version   INTEGER   NOT NULL CHECK (version > 0),
    does      VARCHAR   NOT NULL CHECK (does IN ('议定', '公示', '异议', '答复', '更正', '审定', '归档')),
    proposal  BIGINT    NOT NULL, -- that lay before them
    person    VARCHAR   NOT NULL,
    star      INTEGER   NOT NULL,
    proposed  INTEGER   NOT NULL,
    score     DECIMAL(18,2) NOT NULL,
    from_day  DATE,
    until_day DATE,
    refers    BIGINT    NOT NULL,
    upheld    BOOLEAN   NOT NULL,
    why       VARCHAR   NOT NULL CHECK (why <> ''),
    evidence  VARCHAR   NOT NULL,
    holds     VARCHAR   NOT NULL, -- of a 审定, the digest of what it confirmed
    before    VARCHAR   NOT NULL,
    digest    VARCHAR   NOT NULL,
    CHECK ((does = '公示') = (from_day IS NOT NULL AND until_day IS NOT NULL)),
    CHECK (digest = sha256(concat_ws(chr(31), seq, made_at, day, who, year, community, policy, version, does, proposal, person, star, proposed, score,
        COALESCE(CAST(from_day AS VARCHAR), ''), COALESCE(CAST(until_day AS VARCHAR), ''), refers, upheld, why, evidence, holds, before)))
);

-- The stars that were confirmed, each row with a digest of itself as above.
CREATE TABLE stars.confirmed (
    act         BIGINT        NOT NULL, -- the 审定
    year        INTEGER       NOT NULL,
    community   VARCHAR       NOT NULL,
    policy      VARCHAR       NOT NULL,
    version     INTEGER       NOT NULL,
    seq         INTEGER       NOT NULL,
    person      VARCHAR       NOT NULL,
    name        VARCHAR       NOT NULL,
    kind        VARCHAR       NOT NULL,
    party_group VARCHAR       NOT NULL,
    score       DECIMAL(18,2) NOT NULL,
    star        INTEGER       NOT NULL,
    title       VARCHAR       NOT NULL, -- 三星, 未达星级, 不评星级, 免评
    reasons     VARCHAR       NOT NULL,
    digest      VARCHAR       NOT NULL,
    PRIMARY KEY (year, community, policy, version, seq),
    CHECK (digest = sha256(concat_ws(chr(31), act, year, community, policy, version, seq, person, name, kind, party_group, score, star, title, reasons)))
);

-- Rules that were tried, never part of the record.
CREATE TABLE stars.scenario (
    id       BIGINT    NOT NULL PRIMARY KEY,
    made_at  TIMESTAMP NOT NULL,
    who      VARCHAR   NOT NULL,
    year     INTEGER   NOT NULL,
    policy   VARCHAR   NOT NULL, -- hash
    rules    VARCHAR   NOT NULL, -- what was asked: the settings, or the file's name
    moved    INTEGER   NOT NULL
);
CREATE TABLE stars.scenario_star (
    scenario  BIGINT        NOT NULL,
    community VARCHAR       NOT NULL,
    person    VARCHAR       NOT NULL,
    name      VARCHAR       NOT NULL,
    score     DECIMAL(18,2) NOT NULL,
    star      INTEGER       NOT NULL,
    was_score DECIMAL(18,2) NOT NULL,
    was_star  INTEGER       NOT NULL
);
