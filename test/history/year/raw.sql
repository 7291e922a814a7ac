-- What the page of a year draws, worked out from the saved results alone.
CREATE TABLE raw AS
SELECT record, id, accountId, region, poolId, status, scope, owner, expires, accepted, findings, config, userPool, readiness, tags,
  regexp_extract(filename, '(\d{4}-\d\d-\d\d)\.ndjson', 1) AS date
FROM read_ndjson('$RAW/*.ndjson.gz', filename = true, maximum_object_size = 16777216, columns = {
  record: 'VARCHAR', id: 'VARCHAR', accountId: 'VARCHAR', region: 'VARCHAR', poolId: 'VARCHAR', status: 'VARCHAR', scope: 'VARCHAR',
  owner: 'VARCHAR', expires: 'VARCHAR', accepted: 'JSON', config: 'JSON', userPool: 'JSON', readiness: 'JSON', tags: 'JSON',
  findings: 'STRUCT(id VARCHAR, severity VARCHAR, status VARCHAR, exception JSON)[]'
});
CREATE TABLE pools AS FROM raw WHERE record = 'pool';
CREATE TABLE nights AS SELECT DISTINCT date FROM raw;
CREATE VIEW verdicts AS
SELECT date, count(*) FILTER (status = 'compliant') AS compliant, count(*) FILTER (status = 'excepted') AS excepted,
  count(*) FILTER (status = 'uncovered') AS uncovered, count(*) FILTER (status = 'unreadable') AS unreadable,
  count(*) FILTER (status = 'drifted') AS drifted, any_value(gaps) AS gaps
FROM pools JOIN (
  SELECT n.date, count(raw.date) AS gaps FROM nights n
  LEFT JOIN raw ON raw.date = n.date AND record = 'gap' AND (accepted IS NULL OR accepted = 'null') GROUP BY n.date
) USING (date) GROUP BY date;

CREATE TABLE drift AS
SELECT date, accountId, region, poolId, tags ->> '$.Owner' AS owner, f.id, f.severity
FROM (SELECT *, unnest(findings) AS f FROM pools) WHERE f.status = 'drift';
CREATE TABLE listed AS SELECT DISTINCT date, accountId, region FROM raw WHERE record = 'unit' AND status = 'read';
CREATE TABLE accounts AS SELECT DISTINCT date, id FROM raw WHERE record = 'account';
-- 1: it is there; 0: it is surely not; null: nobody looked. In this world every run lists all accounts, and policies stay as they are.
CREATE TABLE states AS
SELECT f.*, n.date, CASE
    WHEN d.id IS NOT NULL THEN 1
    WHEN p.poolId IS NOT NULL THEN CASE WHEN p.status = 'unreadable' THEN NULL ELSE 0 END
    WHEN l.date IS NOT NULL OR a.date IS NULL THEN 0 END AS state,
  CASE WHEN p.poolId IS NOT NULL THEN 'fixed' WHEN a.date IS NULL THEN 'account-left' ELSE 'pool-gone' END AS reason
FROM (SELECT DISTINCT id, accountId, region, poolId, severity, owner FROM drift) f CROSS JOIN nights n
LEFT JOIN drift d ON d.id = f.id AND d.date = n.date
LEFT JOIN pools p ON p.date = n.date AND p.accountId = f.accountId AND p.region = f.region AND p.poolId = f.poolId
LEFT JOIN listed l ON l.date = n.date AND l.accountId = f.accountId AND l.region = f.region
LEFT JOIN accounts a ON a.date = n.date AND a.id = f.accountId;
CREATE TABLE steps AS
SELECT *, lag(open, 1, 0) OVER (PARTITION BY id ORDER BY date) AS before FROM (
  SELECT *, coalesce(last_value(state IGNORE NULLS) OVER (PARTITION BY id ORDER BY date ROWS UNBOUNDED PRECEDING), 0) AS open FROM states
);
CREATE TABLE dated AS
SELECT *, last_value(CASE WHEN open = 1 AND before = 0 THEN date END IGNORE NULLS)
  OVER (PARTITION BY id ORDER BY date ROWS UNBOUNDED PRECEDING) AS since FROM steps;
CREATE VIEW movement AS
SELECT date, count(*) FILTER (open = 1 AND before = 0 AND date > (SELECT min(date) FROM nights)) AS opened,
  count(*) FILTER (open = 0 AND before = 1 AND reason = 'fixed') AS fixed,
  count(*) FILTER (open = 0 AND before = 1 AND reason <> 'fixed') AS otherwise, sum(open)::INT AS open
FROM dated GROUP BY date;
CREATE VIEW fixed AS
SELECT severity, accountId AS account, coalesce(owner, '(not known)') AS owner, date_diff('day', since::DATE, date::DATE) AS days
FROM dated WHERE open = 0 AND before = 1 AND reason = 'fixed' AND since > (SELECT min(date) FROM nights);
CREATE VIEW open_at_end AS
SELECT id, since = (SELECT min(date) FROM nights) AS is_older FROM dated
WHERE open = 1 AND date = (SELECT max(date) FROM nights);

-- A passkey counts where it verifies its user and may begin a sign-in; of what was not read nothing is known.
CREATE VIEW resistance AS
SELECT date, count(*) FILTER (config ->> '$.WebAuthnConfiguration.FactorConfiguration' = 'MULTI_FACTOR_WITH_USER_VERIFICATION'
    AND list_contains((userPool -> '$.Policies.SignInPolicy.AllowedFirstAuthFactors')::VARCHAR[], 'WEB_AUTHN')) AS resistant,
  count(*) AS known
FROM pools WHERE config IS NOT NULL AND config <> 'null' GROUP BY date;
CREATE VIEW readiness AS
SELECT date, count(*) AS pools, count(*) FILTER (low >= waits) AS ready, sum(users)::INT AS users, sum(users * share) AS ready_users,
  sum(locked)::INT AS locked_out
FROM (SELECT date, (readiness ->> '$.waitsFor')::DOUBLE AS waits, (readiness ->> '$.population')::INT AS users,
    (readiness ->> '$.shares.as-written.share')::DOUBLE AS share, (readiness ->> '$.shares.as-written.low')::DOUBLE AS low,
    (readiness ->> '$.lockedOutAtMost')::INT AS locked
  FROM pools WHERE readiness IS NOT NULL AND readiness <> 'null') GROUP BY date;
CREATE VIEW exceptions AS
SELECT e ->> '$.expires' AS expires, e ->> '$.owner' AS owner, e ->> '$.ticket' AS ticket, count(*) AS excuses
FROM (SELECT unnest(findings).exception AS e FROM pools WHERE date = (SELECT max(date) FROM nights))
WHERE e IS NOT NULL AND e <> 'null' GROUP BY ALL;
