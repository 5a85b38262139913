-- Up Migration
CREATE TABLE requests (
  -- UUID version 7, created by the service before the first attempt, so that a repeated transaction finds its own row.
  id              uuid PRIMARY KEY,
  subject         text NOT NULL,
  requester       text NOT NULL,
  details         text NOT NULL DEFAULT '',
  status          text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_progress', 'done')),
  -- The instance that handled the POST, and its zone.
  instance_id     text NOT NULL,
  zone            text NOT NULL,
  idempotency_key text UNIQUE,
  -- Digest of the body sent with the key, to reject the same key with another body.
  body_digest     text,
  created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX requests_created_at ON requests (created_at);
CREATE INDEX requests_instance_id ON requests (instance_id, id);

-- History: one row for each state that a request entered, with the instance that handled the change.
CREATE TABLE request_events (
  id          uuid PRIMARY KEY,
  request_id  uuid NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
  status      text NOT NULL,
  instance_id text NOT NULL,
  zone        text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX request_events_request_id ON request_events (request_id, id);

-- Down Migration
DROP TABLE request_events;
DROP TABLE requests;
