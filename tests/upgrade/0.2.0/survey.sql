--
-- PostgreSQL database dump
--

\restrict cxm

-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: survey_given; Type: TYPE; Schema: public; Owner: cxm_survey_owner
--

CREATE TYPE public.survey_given AS (
	id uuid,
	version_id uuid,
	body_hash bytea,
	department_id uuid,
	local_day integer,
	touchpoint_id uuid,
	stage text,
	channel text,
	segment text,
	language text,
	customer_ref bytea,
	occurred_at timestamp with time zone,
	answers bytea,
	fact bytea,
	envelope bigint
);


ALTER TYPE public.survey_given OWNER TO cxm_survey_owner;

--
-- Name: survey_words; Type: TYPE; Schema: public; Owner: cxm_survey_owner
--

CREATE TYPE public.survey_words AS (
	response_id uuid,
	question_id uuid,
	text text
);


ALTER TYPE public.survey_words OWNER TO cxm_survey_owner;

--
-- Name: survey_count_imported(bigint); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_count_imported(import bigint) RETURNS TABLE(department_id uuid, is_corrected boolean, responses bigint)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        SELECT r.department_id, r.corrected_at IS NOT NULL, count(*) FROM survey_response r
        WHERE r.import_number = import AND r.withdrawn_at IS NULL GROUP BY 1, 2
    $$;


ALTER FUNCTION public.survey_count_imported(import bigint) OWNER TO cxm_survey_owner;

--
-- Name: survey_find_imported(bigint, uuid[], integer); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_find_imported(import bigint, departments uuid[], most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        SELECT r.id FROM survey_response r
        WHERE r.import_number = import AND r.withdrawn_at IS NULL AND r.corrected_at IS NULL
            AND r.department_id = ANY (departments)
        LIMIT most
    $$;


ALTER FUNCTION public.survey_find_imported(import bigint, departments uuid[], most integer) OWNER TO cxm_survey_owner;

--
-- Name: survey_find_invitations(bytea[]); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_find_invitations(hashes bytea[]) RETURNS TABLE(token_hash bytea, survey_id uuid, expires_at timestamp with time zone, customer_ref bytea, department text, touchpoint text, channel text, segment text, language text, spent_by uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        SELECT i.token_hash, i.survey_id, i.expires_at, i.customer_ref, i.department, i.touchpoint, i.channel,
            i.segment, i.language, i.spent_by
        FROM survey_invitation i WHERE i.token_hash = ANY (hashes)
    $$;


ALTER FUNCTION public.survey_find_invitations(hashes bytea[]) OWNER TO cxm_survey_owner;

--
-- Name: survey_read_invitations(bytea[]); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_read_invitations(hashes bytea[]) RETURNS TABLE(token_hash bytea, survey_id uuid, expires_at timestamp with time zone, customer_ref bytea, department text, touchpoint text, channel text, segment text, language text, spent_by uuid, offers jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    SELECT i.token_hash, i.survey_id, i.expires_at, i.customer_ref, i.department, i.touchpoint, i.channel,
        i.segment, i.language, i.spent_by, i.offers
    FROM survey_invitation i WHERE i.token_hash = ANY (hashes)
$$;


ALTER FUNCTION public.survey_read_invitations(hashes bytea[]) OWNER TO cxm_survey_owner;

--
-- Name: survey_same_customers(uuid[], bytea[]); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_same_customers(ids uuid[], refs bytea[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        SELECT r.id FROM unnest(ids, refs) AS s (id, ref) JOIN survey_response r ON r.id = s.id
        WHERE r.customer_ref IS NOT DISTINCT FROM s.ref
    $$;


ALTER FUNCTION public.survey_same_customers(ids uuid[], refs bytea[]) OWNER TO cxm_survey_owner;

--
-- Name: survey_spend_invitations(bytea[], uuid[]); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_spend_invitations(hashes bytea[], ids uuid[]) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    WITH locked AS MATERIALIZED (
        SELECT o.token_hash FROM survey_invitation o WHERE o.token_hash = ANY (hashes) AND o.spent_by IS NULL
        ORDER BY o.token_hash FOR UPDATE
    )
    UPDATE survey_invitation AS o SET spent_by = i.id, spent_at = now()
    FROM unnest(hashes, ids) AS i (token_hash, id), (SELECT count(*) FROM locked) AS first
    WHERE o.token_hash = i.token_hash AND o.spent_by IS NULL
        AND NOT EXISTS (SELECT FROM survey_response r WHERE r.id = i.id)
    RETURNING i.id
$$;


ALTER FUNCTION public.survey_spend_invitations(hashes bytea[], ids uuid[]) OWNER TO cxm_survey_owner;

--
-- Name: survey_stored_bodies(uuid[]); Type: FUNCTION; Schema: public; Owner: cxm_survey_owner
--

CREATE FUNCTION public.survey_stored_bodies(ids uuid[]) RETURNS TABLE(id uuid, body_hash bytea, secret_hash bytea)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
        SELECT r.id, CASE WHEN r.withdrawn_at IS NULL THEN r.body_hash END, s.hash
        FROM survey_response r LEFT JOIN survey_secret s ON s.response_id = r.id
        WHERE r.id = ANY (ids)
    $$;


ALTER FUNCTION public.survey_stored_bodies(ids uuid[]) OWNER TO cxm_survey_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


ALTER TABLE public.alembic_version OWNER TO cxm_survey_owner;

--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.audit_entry (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    subject text NOT NULL,
    role text NOT NULL,
    department text NOT NULL,
    deed text NOT NULL,
    ids text[] NOT NULL,
    keys text[] NOT NULL
);

ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;


ALTER TABLE public.audit_entry OWNER TO cxm_survey_owner;

--
-- Name: dead_letter; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.dead_letter (
    durable text NOT NULL,
    message_id text NOT NULL,
    tries integer NOT NULL,
    error text NOT NULL,
    subject text,
    payload bytea,
    died_at timestamp with time zone
);


ALTER TABLE public.dead_letter OWNER TO cxm_survey_owner;

--
-- Name: directory_copy; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.directory_copy (
    id text NOT NULL,
    kind text NOT NULL,
    revision bigint NOT NULL,
    state bytea NOT NULL,
    CONSTRAINT directory_copy_kind_check CHECK ((kind = ANY (ARRAY['department'::text, 'touchpoint'::text])))
);


ALTER TABLE public.directory_copy OWNER TO cxm_survey_owner;

--
-- Name: directory_state; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.directory_state (
    one boolean DEFAULT true NOT NULL,
    version bigint NOT NULL,
    time_zone text NOT NULL,
    root_id text NOT NULL,
    CONSTRAINT directory_state_one_check CHECK (one)
);


ALTER TABLE public.directory_state OWNER TO cxm_survey_owner;

--
-- Name: outbox; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    subject text NOT NULL,
    payload bytea NOT NULL,
    traceparent text
);


ALTER TABLE public.outbox OWNER TO cxm_survey_owner;

--
-- Name: outbox_id_seq; Type: SEQUENCE; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: survey_daily; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_daily (
    survey_id uuid NOT NULL,
    local_day integer NOT NULL,
    taken integer NOT NULL
)
WITH (fillfactor='50');


ALTER TABLE public.survey_daily OWNER TO cxm_survey_owner;

--
-- Name: survey_import; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_import (
    number bigint NOT NULL,
    id uuid NOT NULL,
    subject text NOT NULL,
    file_name text NOT NULL,
    survey text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    heard_at timestamp with time zone DEFAULT now() NOT NULL,
    state text DEFAULT 'RUNNING'::text NOT NULL,
    taken_back_at timestamp with time zone,
    rows bigint DEFAULT 0 NOT NULL,
    stored bigint DEFAULT 0 NOT NULL,
    corrected bigint DEFAULT 0 NOT NULL,
    already_stored bigint DEFAULT 0 NOT NULL,
    refused bigint DEFAULT 0 NOT NULL,
    left_out bigint DEFAULT 0 NOT NULL,
    joined bigint DEFAULT 0 NOT NULL,
    counted_at timestamp with time zone DEFAULT 'infinity'::timestamp with time zone
);

ALTER TABLE ONLY public.survey_import FORCE ROW LEVEL SECURITY;


ALTER TABLE public.survey_import OWNER TO cxm_survey_owner;

--
-- Name: survey_import_number_seq; Type: SEQUENCE; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_import ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.survey_import_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: survey_invitation; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_invitation (
    token_hash bytea NOT NULL,
    survey_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    customer_ref bytea,
    department text,
    touchpoint text,
    channel text,
    segment text,
    language text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    spent_at timestamp with time zone,
    spent_by uuid,
    offers jsonb DEFAULT '{"everything": true}'::jsonb NOT NULL,
    CONSTRAINT survey_invitation_customer_ref_check CHECK ((length(customer_ref) = 16)),
    CONSTRAINT survey_invitation_token_hash_check CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY public.survey_invitation FORCE ROW LEVEL SECURITY;


ALTER TABLE public.survey_invitation OWNER TO cxm_survey_owner;

--
-- Name: survey_keyed_import; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_keyed_import (
    since timestamp with time zone NOT NULL
);


ALTER TABLE public.survey_keyed_import OWNER TO cxm_survey_owner;

--
-- Name: survey_label; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_label (
    kind text NOT NULL,
    value text NOT NULL,
    CONSTRAINT survey_label_kind_check CHECK ((kind = ANY (ARRAY['channel'::text, 'segment'::text, 'language'::text])))
);


ALTER TABLE public.survey_label OWNER TO cxm_survey_owner;

--
-- Name: survey_meant_import; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_meant_import (
    since timestamp with time zone NOT NULL
);


ALTER TABLE public.survey_meant_import OWNER TO cxm_survey_owner;

--
-- Name: survey_question; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_question (
    version_id uuid NOT NULL,
    "position" smallint NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    kind smallint NOT NULL,
    text text NOT NULL,
    dont_know boolean NOT NULL,
    low smallint DEFAULT 0 NOT NULL,
    high smallint DEFAULT 0 NOT NULL,
    options jsonb DEFAULT '[]'::jsonb NOT NULL,
    texts jsonb DEFAULT '{}'::jsonb NOT NULL
);


ALTER TABLE public.survey_question OWNER TO cxm_survey_owner;

--
-- Name: survey_response; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_response (
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    body_hash bytea NOT NULL,
    department_id uuid NOT NULL,
    local_day integer NOT NULL,
    touchpoint_id uuid,
    stage text,
    channel text,
    segment text,
    language text,
    customer_ref bytea,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    answers bytea NOT NULL,
    withdrawn_at timestamp with time zone,
    imported_by bigint,
    import_number bigint,
    corrected_at timestamp with time zone,
    CONSTRAINT survey_response_body_hash_check CHECK ((length(body_hash) = 16)),
    CONSTRAINT survey_response_customer_ref_check CHECK ((length(customer_ref) = 16))
);

ALTER TABLE ONLY public.survey_response FORCE ROW LEVEL SECURITY;


ALTER TABLE public.survey_response OWNER TO cxm_survey_owner;

--
-- Name: survey_secret; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_secret (
    response_id uuid NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT survey_secret_hash_check CHECK ((length(hash) = 16))
);

ALTER TABLE ONLY public.survey_secret FORCE ROW LEVEL SECURITY;


ALTER TABLE public.survey_secret OWNER TO cxm_survey_owner;

--
-- Name: survey_survey; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_survey (
    id uuid NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    public boolean NOT NULL,
    in_scorecard boolean NOT NULL,
    department_id uuid,
    revision bigint NOT NULL,
    state smallint DEFAULT 3 NOT NULL,
    opens_at timestamp with time zone,
    closes_at timestamp with time zone,
    language text DEFAULT ''::text NOT NULL,
    texts jsonb DEFAULT '{}'::jsonb NOT NULL,
    offers jsonb DEFAULT '{"everything": true}'::jsonb NOT NULL,
    daily_limit integer DEFAULT 0 NOT NULL
);


ALTER TABLE public.survey_survey OWNER TO cxm_survey_owner;

--
-- Name: survey_verbatim; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_verbatim (
    response_id uuid NOT NULL,
    question_id uuid NOT NULL,
    text text NOT NULL
);

ALTER TABLE ONLY public.survey_verbatim FORCE ROW LEVEL SECURITY;


ALTER TABLE public.survey_verbatim OWNER TO cxm_survey_owner;

--
-- Name: survey_version; Type: TABLE; Schema: public; Owner: cxm_survey_owner
--

CREATE TABLE public.survey_version (
    id uuid NOT NULL,
    survey_id uuid NOT NULL,
    number integer NOT NULL
);


ALTER TABLE public.survey_version OWNER TO cxm_survey_owner;

--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.alembic_version VALUES
	('0019');


--
-- Data for Name: audit_entry; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.audit_entry VALUES
	('01a22959-51f8-739e-a1c5-13e4b49f9878', '2026-11-29 22:07:29.272371+00', 'admin', 'admin', '', 'survey_created', '{01a22959-51ee-768d-ac24-139c627616e2}', '{every}'),
	('01a22959-5208-74f4-af39-63ca266b8557', '2026-11-29 22:07:29.288018+00', 'admin', 'admin', '', 'survey_created', '{01a22959-5201-77c3-9789-1609291fb89d}', '{public}'),
	('01a22959-5208-74f4-af39-63cb259af8db', '2026-11-29 22:07:29.288018+00', 'admin', 'admin', '', 'survey_published', '{01a22959-5201-77c3-9789-1609291fb89d}', '{public}'),
	('01a22959-5216-703b-81de-0804d2cd1e59', '2026-11-29 22:07:29.302249+00', 'admin', 'admin', '', 'survey_created', '{01a22959-5212-7520-9d31-8ee3a64dfe85}', '{offering}'),
	('01a22959-5216-703b-81de-08054ca61da4', '2026-11-29 22:07:29.302249+00', 'admin', 'admin', '', 'survey_published', '{01a22959-5212-7520-9d31-8ee3a64dfe85}', '{offering}'),
	('01a22959-5220-734a-b454-bf2c1d7bd2ab', '2026-11-29 22:07:29.312188+00', 'admin', 'admin', '', 'survey_created', '{01a22959-521d-76c5-9a10-5c9cad387345}', '{paused}'),
	('01a22959-522b-704f-be0e-523e19b94c79', '2026-11-29 22:07:29.323212+00', 'admin', 'admin', '', 'survey_created', '{01a22959-5227-734b-a2d5-2018cd181991}', '{closed}'),
	('01a22959-5236-72c5-8dc7-92b11dafe171', '2026-11-29 22:07:29.334002+00', 'admin', 'admin', '', 'survey_created', '{01a22959-5232-7371-a7a2-2769b96783dc}', '{archived}'),
	('01a22959-5241-71d8-b896-a118178daad9', '2026-11-29 22:07:29.345562+00', 'admin', 'admin', '', 'survey_created', '{01a22959-523e-773f-9e32-ec08e0d3d729}', '{draft}'),
	('01a22959-524c-74b2-a843-39c4e9a2962d', '2026-11-29 22:07:29.356903+00', 'admin', 'admin', '', 'survey_created', '{01a22959-524a-72c4-b337-f1701bda949a}', '{scheduled}'),
	('01a22959-52f4-7002-ba77-70a18c6fdbca', '2026-11-29 22:07:29.524876+00', 'admin', 'admin', '', 'survey_changed', '{01a22959-51ee-768d-ac24-139c627616e2}', '{every}'),
	('01a22959-530a-7508-9ec3-3a72eda7bb19', '2026-11-29 22:07:29.546616+00', 'admin', 'admin', '', 'invitations_created', '{01a22959-51ee-768d-ac24-139c627616e2}', '{every}'),
	('01a22959-534d-7225-8f63-3b4bbceb2d4b', '2026-11-29 22:07:29.61357+00', 'admin', 'admin', '', 'survey_state_changed', '{01a22959-521d-76c5-9a10-5c9cad387345}', '{paused}'),
	('01a22959-5357-70b0-a97f-5be82e26d422', '2026-11-29 22:07:29.62361+00', 'admin', 'admin', '', 'survey_state_changed', '{01a22959-5227-734b-a2d5-2018cd181991}', '{closed}'),
	('01a22959-5360-7226-9c30-dad4abb29628', '2026-11-29 22:07:29.632469+00', 'admin', 'admin', '', 'survey_state_changed', '{01a22959-5232-7371-a7a2-2769b96783dc}', '{archived}'),
	('01a22959-5369-77fc-b553-ab8c65c07a39', '2026-11-29 22:07:29.641419+00', 'admin', 'admin', '', 'survey_state_changed', '{01a22959-5232-7371-a7a2-2769b96783dc}', '{archived}'),
	('01a22959-5378-7335-9131-d6ed5a52e1ee', '2026-11-29 22:07:29.656785+00', 'admin', 'admin', '', 'response_corrected', '{cdbf11e1a1fcb2f20cc94dacd37494eb}', '{every}'),
	('01a22959-538c-70ad-a1ed-d2c2742c735f', '2026-11-29 22:07:29.675987+00', 'admin', '', '', 'response_corrected', '{e96f8fb9f43da988b7fbacd9838f094b}', '{every}'),
	('01a22959-5397-72f8-a890-9b7b5c60877a', '2026-11-29 22:07:29.687524+00', 'admin', 'admin', '', 'response_corrected', '{a680a8338a64ebf7952fe3997d698c1d}', '{every}'),
	('01a22959-53a1-7605-b770-e55f0d83fc59', '2026-11-29 22:07:29.697827+00', 'admin', '', '', 'response_corrected', '{ba12de7b0be1df76a525d7016e44b3f9}', '{every}'),
	('01a22959-53ab-72ea-b322-337f43118113', '2026-11-29 22:07:29.707272+00', 'admin', 'admin', '', 'response_corrected', '{8c78fec1ead34d4b67149443b4b93169}', '{every}'),
	('01a22959-53b5-77f1-bf0f-2dde1918a56e', '2026-11-29 22:07:29.717601+00', 'admin', '', '', 'response_corrected', '{39c297ac9068f4e7a76e5b510029f6ca}', '{every}'),
	('01a22959-53be-7003-affb-6a554f9a1823', '2026-11-29 22:07:29.72683+00', 'admin', 'admin', '', 'response_corrected', '{56a4f37bcc95680826677846c7e44789}', '{every}'),
	('01a22959-53c8-7124-9625-ebd35becc2be', '2026-11-29 22:07:29.736438+00', 'admin', '', '', 'response_corrected', '{bb231545a0313cf241253fa8fd56a0d7}', '{every}'),
	('01a22959-53d2-7609-9415-fd9421bb04f0', '2026-11-29 22:07:29.746118+00', 'admin', 'admin', '', 'response_corrected', '{d85a6a22982f71869807ce512fc27ee9}', '{every}'),
	('01a22959-53db-723d-a261-bd67569d777b', '2026-11-29 22:07:29.755165+00', 'admin', '', '', 'response_corrected', '{0da0e25f678a28a54992e64c3abbea31}', '{every}'),
	('01a22959-53e4-77e6-b81f-77d0168b587f', '2026-11-29 22:07:29.763965+00', 'admin', 'admin', '', 'response_corrected', '{5423d32ff447d5cf3e7774da9ad7ff17}', '{every}'),
	('01a22959-53ec-727a-8327-8f0c598191ce', '2026-11-29 22:07:29.772281+00', 'admin', '', '', 'response_corrected', '{b120e1278b812fb0592c23776545fe65}', '{every}'),
	('01a22959-53f4-7747-ba0b-18b74520d5a5', '2026-11-29 22:07:29.780611+00', 'admin', 'admin', '', 'response_corrected', '{3b69606997d89287bfd7113e2a4b6df5}', '{every}'),
	('01a22959-53fc-72ad-8450-91574a1be2a6', '2026-11-29 22:07:29.78876+00', 'admin', '', '', 'response_corrected', '{2431d9ca8ad456123787e624033ac8bf}', '{every}'),
	('01a22959-5406-7352-b307-2743898ec590', '2026-11-29 22:07:29.798368+00', 'admin', 'admin', '', 'response_corrected', '{a5cb2d450c553f804e6eaf95841cf64a}', '{every}'),
	('01a22959-540f-7564-9180-fcff6bd7629b', '2026-11-29 22:07:29.80745+00', 'admin', '', '', 'response_corrected', '{bc24ddd8ac0033d7f24553b29d39a7b6}', '{every}'),
	('01a22959-5419-7578-a71f-732732c8bd7f', '2026-11-29 22:07:29.817339+00', 'admin', 'admin', '', 'response_corrected', '{88ca00bb0ac095337e79112ff8ecff61}', '{every}'),
	('01a22959-5423-7355-886a-4a0eec3fc878', '2026-11-29 22:07:29.827286+00', 'admin', '', '', 'response_corrected', '{c6dde9b183fb95a4a804a73e53b82822}', '{every}'),
	('01a22959-542c-702d-b6eb-a67877d1ac59', '2026-11-29 22:07:29.83598+00', 'admin', 'admin', '', 'response_corrected', '{521177ebdb6e0fa4af6d6b52bfefb58a}', '{every}'),
	('01a22959-5434-7179-ba95-6367c5be03cd', '2026-11-29 22:07:29.844949+00', 'admin', '', '', 'response_corrected', '{677b981f4f7d3b182d23282e6819b56d}', '{every}'),
	('01a22959-543e-73aa-b329-35b0e5aae64c', '2026-11-29 22:07:29.854636+00', 'admin', 'admin', '', 'response_corrected', '{8ff1a89c9a6eb229a7fa03e3ceda2971}', '{every}'),
	('01a22959-5447-7274-b5bc-7c946bcbcf88', '2026-11-29 22:07:29.863459+00', 'admin', '', '', 'response_corrected', '{5f29e9eb993d0eeab0064d5a29b24b9b}', '{every}'),
	('01a22959-5450-72db-b86f-3861b3f075a0', '2026-11-29 22:07:29.872749+00', 'admin', 'admin', '', 'response_corrected', '{910afad32dcc229860f8db5b14036654}', '{every}'),
	('01a22959-5459-7281-8c6d-bc13b7ee5eee', '2026-11-29 22:07:29.880963+00', 'admin', '', '', 'response_corrected', '{d95679b6ccbe3d5e9a6e8486bf5f4700}', '{every}'),
	('01a22959-5461-739c-99ae-9fbdc98994be', '2026-11-29 22:07:29.889302+00', 'admin', 'admin', '', 'response_corrected', '{b3de0f654dc54fe59f9d062987d0570a}', '{every}'),
	('01a22959-5472-71aa-9cf6-65fad2048041', '2026-11-29 22:07:29.90596+00', 'admin', '', '', 'response_withdrawn', '{0e25120f9cd12c8424f13874f39f4268}', '{every}'),
	('01a22959-547e-723f-80d5-55886224a1d4', '2026-11-29 22:07:29.918235+00', 'admin', 'admin', '', 'response_withdrawn', '{d7423d1cfa9930448ee249725cdd3b3a}', '{every}'),
	('01a22959-5489-771d-bc04-e7e07d7fcf43', '2026-11-29 22:07:29.929025+00', 'admin', '', '', 'response_withdrawn', '{feec8a08b9a7b41a876272b44ff69cb1}', '{every}'),
	('01a22959-5493-744d-8d88-bb74a2a1cf47', '2026-11-29 22:07:29.939117+00', 'admin', 'admin', '', 'response_withdrawn', '{b1ac03aab0d0ab57aeb93f1bc8f32315}', '{every}'),
	('01a22959-549c-7259-94de-6cda44e7b881', '2026-11-29 22:07:29.948709+00', 'admin', '', '', 'response_withdrawn', '{439d2436c00e145956dd4bcd77c5a23b}', '{every}'),
	('01a22959-54a7-7416-b8c3-0a8d7873929e', '2026-11-29 22:07:29.959583+00', 'admin', 'admin', '', 'response_withdrawn', '{e932b960140d90be567fc372d9849c2e}', '{every}'),
	('01a22959-54bb-7732-aa2c-072de729d8a5', '2026-11-29 22:07:29.978999+00', 'admin', 'admin', '', 'response_withdrawn', '{4ee5f91fd9a7324f100ade2339cf4746}', '{every}'),
	('01a22959-54b1-7420-8090-6a665c752add', '2026-11-29 22:07:29.969923+00', 'admin', '', '', 'response_withdrawn', '{13a1cc4133d636f685c6931a091cf075}', '{every}'),
	('01a22959-54c3-7577-a822-5a503b88f332', '2026-11-29 22:07:29.987949+00', 'admin', '', '', 'response_withdrawn', '{12e0baab4fbd4bdad7f7393051e35829}', '{every}'),
	('01a22959-54cc-74db-92e7-a6e0dec4bcbd', '2026-11-29 22:07:29.996938+00', 'admin', 'admin', '', 'response_withdrawn', '{1ca2e823c6e57c2607707073bca66ded}', '{every}'),
	('01a22959-54d6-74b3-badf-2a5a4c06e14b', '2026-11-29 22:07:30.006026+00', 'admin', '', '', 'response_withdrawn', '{b4131923bdf365415a261ae7bba213d2}', '{every}'),
	('01a22959-54e0-7343-9cb0-f34378304bb0', '2026-11-29 22:07:30.016295+00', 'admin', 'admin', '', 'response_withdrawn', '{49da0a0588a40d4c7639c4f84e5179d3}', '{every}'),
	('01a22959-54ea-769f-8be9-a5b0246cb9c9', '2026-11-29 22:07:30.026092+00', 'admin', '', '', 'response_withdrawn', '{ee4620217ddeb31cf7eff201d59b9bb5}', '{every}'),
	('01a22959-54f5-7391-98c4-76af5789d83f', '2026-11-29 22:07:30.037909+00', 'admin', 'admin', '', 'response_withdrawn', '{ce59a5057db20e1cf13631ec5cf604ab}', '{every}'),
	('01a22959-5501-71cf-9d31-609d005c7518', '2026-11-29 22:07:30.049344+00', 'admin', '', '', 'response_withdrawn', '{537c0c25bba4e1c80d4a4e030ee34e2e}', '{every}'),
	('01a22959-550d-72ad-9ef9-24a733548567', '2026-11-29 22:07:30.061392+00', 'admin', 'admin', '', 'response_withdrawn', '{d0859dfb4de88ef40be69f8c81ae1c95}', '{every}'),
	('01a22959-551d-7726-a470-c5bef9891cce', '2026-11-29 22:07:30.077143+00', 'admin', '', '', 'response_withdrawn', '{39c5a5db208f82172289e17b7e063d4e}', '{every}'),
	('01a22959-5528-76a4-9cd6-9dcb58d25d8d', '2026-11-29 22:07:30.088588+00', 'admin', 'admin', '', 'response_withdrawn', '{1768f1c0f2c031e1db4e4ca897a87af0}', '{every}'),
	('01a22959-5536-7635-8a8e-5301d9fb3e72', '2026-11-29 22:07:30.102246+00', 'admin', '', '', 'response_withdrawn', '{5d868dab138336a3549d5026d267930f}', '{every}'),
	('01a22959-5543-7120-a9fb-1794b9ba62b2', '2026-11-29 22:07:30.115904+00', 'admin', 'admin', '', 'response_withdrawn', '{b950469fff9f76d1e2533547ecff14d0}', '{every}'),
	('01a22959-6776-75f9-8e18-bd2b5c7e3ef4', '2026-11-29 22:07:34.774372+00', 'admin', 'admin', '', 'responses_exported', '{01a22959-458d-72bc-8303-bf3637a0c371}', '{root,every}'),
	('01a22959-6799-726e-92a8-b949d508596e', '2026-11-29 22:07:34.809326+00', 'admin', 'admin', '', 'responses_exported', '{01a22959-458d-72bc-8303-bf3637a0c371}', '{root,public}'),
	('01a22959-67f9-71ab-b1a5-992de79ff658', '2026-11-29 22:07:34.905209+00', 'admin', 'admin', '', 'responses_exported', '{01a22959-5193-7497-b020-92a80f5a73cb}', '{north,every}'),
	('01a22959-6809-7214-b9f3-b4e33627e726', '2026-11-29 22:07:34.921049+00', 'admin', 'admin', '', 'responses_exported', '{01a22959-5193-7497-b020-92a80f5a73cb}', '{north,public}');


--
-- Data for Name: dead_letter; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: directory_copy; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.directory_copy VALUES
	('01a22959-458d-72bc-8303-bf3637a0c371', 'department', 1, '\x0a2430316132323935392d343538642d373262632d383330332d6266333633376130633337311204726f6f741a0c4f7267616e69736174696f6e20012a00'),
	('01a22959-5193-7497-b020-92a74f2fab4b', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326137346632666162346212056669656c641a054669656c6420022a260a2430316132323935392d343538642d373262632d383330332d626633363337613063333731'),
	('01a22959-5193-7497-b020-92a80f5a73cb', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326138306635613733636212056e6f7274681a054e6f72746820022a260a2430316132323935392d353139332d373439372d623032302d393261373466326661623462'),
	('01a22959-5193-7497-b020-92a9f6f71759', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d3932613966366637313735391205736f7574681a05536f75746820022a260a2430316132323935392d353139332d373439372d623032302d393261373466326661623462'),
	('01a22959-5193-7497-b020-92aa0fcae979', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d3932616130666361653937391204726967611a0552c4ab676120022a260a2430316132323935392d353139332d373439372d623032302d393261383066356137336362'),
	('01a22959-5193-7497-b020-92acab8971a8', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d39326163616238393731613812076c696570616a611a084c696570c4816a6120022a260a2430316132323935392d353139332d373439372d623032302d393261396636663731373539'),
	('01a22959-5193-7497-b020-92aef602acaa', 'department', 2, '\x0a2430316132323935392d353139332d373439372d623032302d393261656636303261636161120563616c6c731a0543616c6c7320022a260a2430316132323935392d353139332d373439372d623032302d393261643230393931326137'),
	('01a22959-51a9-77ae-b3c9-f4427ef576ea', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d663434323765663537366561120473686f701a0453686f7020032a0553544f524532300a2430316132323935392d353139332d373439372d623032302d39326161306663616539373912087075726368617365'),
	('01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d66343433386365376330306212067265706169721a06526570616972200332350a2430316132323935392d353139332d373439372d623032302d393261626437353064326264120d706f73742d7075726368617365'),
	('01a22959-51a9-77ae-b3c9-f444be6d1c92', 'touchpoint', 3, '\x0a2430316132323935392d353161392d373761652d623363392d6634343462653664316339321207636f756e7465721a07436f756e74657220032a0553544f524532300a2430316132323935392d353139332d373439372d623032302d39326163616238393731613812087075726368617365'),
	('01a22959-5193-7497-b020-92ad209912a7', 'department', 4, '\x0a2430316132323935392d353139332d373439372d623032302d3932616432303939313261371204636172651a0d437573746f6d6572206361726520042a260a2430316132323935392d343538642d373262632d383330332d626633363337613063333731320443617265'),
	('01a22959-5193-7497-b020-92abd750d2bd', 'department', 5, '\x0a2430316132323935392d353139332d373439372d623032302d393261626437353064326264120876616c6d696572611a0856616c6d6965726120052a2a0a2430316132323935392d353139332d373439372d623032302d39326138306635613733636218b1a0012a2a0a2430316132323935392d353139332d373439372d623032302d39326139663666373137353910b1a001'),
	('01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'touchpoint', 6, '\x0a2430316132323935392d353161392d373761652d623363392d6634343564633762623563651207686f746c696e651a07486f746c696e6520062a0550484f4e4532390a2430316132323935392d353139332d373439372d623032302d393261643230393931326137120d706f73742d707572636861736520dea00132330a2430316132323935392d353139332d373439372d623032302d39326165663630326163616112076c6f79616c747918dea001'),
	('01a22959-557e-76f0-baaf-b766c4bc234f', 'department', 9, '\x0a2430316132323935392d353537652d373666302d626161662d62373636633462633233346612056b696f736b1a054b696f736b20092a2a0a2430316132323935392d353139332d373439372d623032302d39326139663666373137353918fda0012a2a0a2430316132323935392d353139332d373439372d623032302d39326163616238393731613810fda00138fda001422430316132323935392d353139332d373439372d623032302d393261636162383937316138'),
	('01a22959-5595-73e0-941d-dd9c4525375a', 'touchpoint', 10, '\x0a2430316132323935392d353539352d373365302d393431642d646439633435323533373561120677696e646f771a0657696e646f77200a32340a2430316132323935392d353537652d373666302d626161662d6237363663346263323334661208707572636861736520fda00132340a2430316132323935392d353139332d373439372d623032302d3932616361623839373161381208707572636861736518fda001');


--
-- Data for Name: directory_state; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.directory_state VALUES
	(true, 10, 'Europe/Riga', '01a22959-458d-72bc-8303-bf3637a0c371');


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_daily; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_import; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_invitation; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_invitation VALUES
	('\x76e57006348b01e8272bab32670fb79c7130379480aeb6a5b11216515935aab6', '01a22959-51ee-768d-ac24-139c627616e2', '2028-11-27 00:00:00+00', '\x6c3bc22bbd4ea149f2a656440c340c65', 'valmiera', NULL, 'SMS', NULL, NULL, '2026-11-29 22:07:29.546723+00', NULL, NULL, '{}'),
	('\xdafbdc22157f182ca06efb62fd4dff11c017c0c5ba76a1be535e3ac21fae4786', '01a22959-51ee-768d-ac24-139c627616e2', '2028-11-27 00:00:00+00', '\x14d75e84d2258ae961266158c0263175', NULL, 'shop', NULL, 'gold', 'lv', '2026-11-29 22:07:29.546723+00', '2026-11-29 22:07:29.590602+00', '7fa8e60c-23ed-499b-b844-4c22fb4db4eb', '{}');


--
-- Data for Name: survey_keyed_import; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_label; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_label VALUES
	('language', 'en'),
	('language', 'lv'),
	('channel', 'APP'),
	('channel', 'EMAIL'),
	('segment', 'gold'),
	('segment', 'loyal'),
	('segment', 'new'),
	('channel', 'SMS');


--
-- Data for Name: survey_meant_import; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_question; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_question VALUES
	('01a22959-51ee-768d-ac24-139d17cf7205', 0, '01a22959-51ee-768d-ac24-139e710fddb8', 'nps', 1, 'Ieteiktu?', false, 0, 0, '[]', '{"en": "In English"}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 1, '01a22959-51ee-768d-ac24-139f55ea0d9b', 'csat', 2, 'Apmierināts?', true, 0, 0, '[]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 2, '01a22959-51ee-768d-ac24-13a0dd3a58db', 'ces', 4, 'Viegli?', false, 0, 0, '[]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 3, '01a22959-51ee-768d-ac24-13a198ff91c9', 'effort', 8, 'Pūles?', false, 0, 0, '[]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 4, '01a22959-51ee-768d-ac24-13a2c535221c', 'stars', 5, 'Zvaigznes?', false, 0, 4, '[]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 5, '01a22959-51ee-768d-ac24-13a356cdce19', 'where', 6, 'Kur?', false, 0, 0, '[{"key": "web", "text": "WEB", "texts": {"en": "In English"}}, {"key": "shop", "text": "SHOP", "texts": {"en": "In English"}}, {"key": "phone", "text": "PHONE", "texts": {"en": "In English"}}]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 6, '01a22959-51ee-768d-ac24-13a4c2fd1347', 'liked', 7, 'Kas?', false, 0, 0, '[{"key": "web", "text": "WEB", "texts": {"en": "In English"}}, {"key": "shop", "text": "SHOP", "texts": {"en": "In English"}}, {"key": "phone", "text": "PHONE", "texts": {"en": "In English"}}]', '{}'),
	('01a22959-51ee-768d-ac24-139d17cf7205', 7, '01a22959-51ee-768d-ac24-13a5cbf74664', 'why', 3, 'Kāpēc?', false, 0, 0, '[]', '{"en": "In English"}'),
	('01a22959-5201-77c3-9789-160a1f543150', 0, '01a22959-5201-77c3-9789-160b4f498fe2', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-5212-7520-9d31-8ee46eafb217', 0, '01a22959-5212-7520-9d31-8ee5620644a2', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-521d-76c5-9a10-5c9de8a36cc0', 0, '01a22959-521d-76c5-9a10-5c9e5a0e919b', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-5228-7308-bd63-eb8d7c406690', 0, '01a22959-5228-7308-bd63-eb8ea3cb17f7', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-5232-7371-a7a2-276afcd0d6a2', 0, '01a22959-5232-7371-a7a2-276bfa94685a', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-523e-773f-9e32-ec09304451cc', 0, '01a22959-523e-773f-9e32-ec0aacf3253e', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-524a-72c4-b337-f171bd8fe953', 0, '01a22959-524a-72c4-b337-f172cd5d11d5', 'recommend', 1, 'How likely ...?', false, 0, 0, '[]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 0, '01a22959-51ee-768d-ac24-139e710fddb8', 'nps', 1, 'Vai ieteiktu draugam?', false, 0, 0, '[]', '{"en": "In English"}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 1, '01a22959-51ee-768d-ac24-139f55ea0d9b', 'csat', 2, 'Apmierināts?', true, 0, 0, '[]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 2, '01a22959-51ee-768d-ac24-13a0dd3a58db', 'ces', 4, 'Viegli?', false, 0, 0, '[]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 3, '01a22959-51ee-768d-ac24-13a198ff91c9', 'effort', 8, 'Pūles?', false, 0, 0, '[]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 4, '01a22959-51ee-768d-ac24-13a2c535221c', 'stars', 5, 'Zvaigznes?', false, 0, 4, '[]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 5, '01a22959-51ee-768d-ac24-13a356cdce19', 'where', 6, 'Kur?', false, 0, 0, '[{"key": "web", "text": "WEB", "texts": {"en": "In English"}}, {"key": "shop", "text": "SHOP", "texts": {"en": "In English"}}, {"key": "phone", "text": "PHONE", "texts": {"en": "In English"}}, {"key": "chat", "text": "CHAT", "texts": {}}]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 6, '01a22959-51ee-768d-ac24-13a4c2fd1347', 'liked', 7, 'Kas?', false, 0, 0, '[{"key": "web", "text": "WEB", "texts": {"en": "In English"}}, {"key": "shop", "text": "SHOP", "texts": {"en": "In English"}}, {"key": "phone", "text": "PHONE", "texts": {"en": "In English"}}, {"key": "chat", "text": "CHAT", "texts": {}}]', '{}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 7, '01a22959-51ee-768d-ac24-13a5cbf74664', 'why', 3, 'Kāpēc?', false, 0, 0, '[]', '{"en": "In English"}'),
	('01a22959-52f4-7002-ba77-70a0f3da146c', 8, '01a22959-52f4-7002-ba77-709f7e962b1e', 'again', 2, 'Vēlreiz?', false, 0, 0, '[]', '{}');


--
-- Data for Name: survey_response; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_response VALUES
	('004b7fd0-99df-409b-8a5d-5e7d393cbcdd', '01a22959-51ee-768d-ac24-139d17cf7205', '\x7e4baeaf586d1cf90f898a6e29f39719', '01a22959-5193-7497-b020-92aa0fcae979', 20360, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'en', '\x48a1f8c4275e891db570145694ae8d1d', '2025-09-29 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe0204030000010100', NULL, NULL, NULL, NULL),
	('014af67d-22fc-4104-b811-529b575648d1', '01a22959-51ee-768d-ac24-139d17cf7205', '\x930ece9a99a6c53462a2d475227c1495', '01a22959-5193-7497-b020-92acab8971a8', 20451, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'en', NULL, '2025-12-29 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a01ffff020101010100', NULL, NULL, NULL, NULL),
	('02bcbaa1-f4b6-47c1-a91b-5531e429370c', '01a22959-51ee-768d-ac24-139d17cf7205', '\x60bff7d139f474480e362f203dc5aafb', '01a22959-5193-7497-b020-92acab8971a8', 20422, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'lv', '\x587d29610f371fca025f4c6be5eb89b4', '2025-11-30 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x070105030300ffffff00', NULL, NULL, NULL, NULL),
	('041f8d71-831e-45c3-b9c9-cdb6b7a0b785', '01a22959-51ee-768d-ac24-139d17cf7205', '\xda44281151101c003c79ee725d48863f', '01a22959-5193-7497-b020-92aa0fcae979', 20389, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'en', '\x8683a0a3183d41015f973bbca24a5f86', '2025-10-28 06:30:00+00', '2026-11-29 22:07:29.490372+00', '\x070401010001010101ff', NULL, NULL, NULL, NULL),
	('04aa34a6-77c9-4af2-a746-08800a9429df', '01a22959-5201-77c3-9789-160a1f543150', '\x984e264c1c51a71a87d62ebfcd04bc3b', '01a22959-5193-7497-b020-92acab8971a8', 20497, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', 'lv', '\x53cc70969bff18ba809186075cb8e9ae', '2026-02-13 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x01', NULL, NULL, NULL, NULL),
	('06ec41ad-ea05-4543-8b0d-590bb0a844e5', '01a22959-51ee-768d-ac24-139d17cf7205', '\x06607784f00311fb39fed92fb0210425', '01a22959-5193-7497-b020-92ad209912a7', 20338, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', NULL, 'en', '\x924e4ebf5fe6f4e7c0f879d6f5aa39c5', '2025-09-07 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09020702ffff01000100', NULL, NULL, NULL, NULL),
	('0715cf41-f5e9-45e6-81d3-3661577c06be', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd2bce4149188bfcc77f19664e586ba48', '01a22959-5193-7497-b020-92acab8971a8', 20502, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'lv', '\xfbdf1cc77bd2b0b754546f84af1e74cc', '2026-02-18 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03fe010102ffffffff00', NULL, NULL, NULL, NULL),
	('0aa989b4-07e7-466b-875b-058bb363af43', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8860c299b17c41afaeb0bad6b803a5fa', '01a22959-5193-7497-b020-92aef602acaa', 20382, NULL, NULL, 'EMAIL', 'new', 'lv', NULL, '2025-10-21 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00010101ff0201010100', NULL, NULL, NULL, NULL),
	('0b43b6dd-001a-4fd3-a74c-00f42a43f047', '01a22959-51ee-768d-ac24-139d17cf7205', '\xce89b78ca31981375dbeab28c11cf95f', '01a22959-5193-7497-b020-92aa0fcae979', 20377, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'lv', '\x53cc70969bff18ba809186075cb8e9ae', '2025-10-16 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040604ffff00000100', NULL, NULL, NULL, NULL),
	('0c647801-4858-479e-ae1a-ddc841b73d54', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa56ec721f7c88511b050548db1cf85c2', '01a22959-5193-7497-b020-92acab8971a8', 20383, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', NULL, '\x0da0881dcc391111143a1b61c5c5bcb7', '2025-10-22 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090105050102ffffff00', NULL, NULL, NULL, NULL),
	('0dbcf199-f17c-4d8b-9b12-bd6303de571c', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf31582a064ccbaf4ab9dd5eac0e0fba0', '01a22959-5193-7497-b020-92ad209912a7', 20474, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', NULL, 'lv', '\x83e3bc366963dfc7aeeb6bb83700f9c1', '2026-01-21 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a04ff050000ffffff00', NULL, NULL, NULL, NULL),
	('0dec6823-fb5c-4d56-98f9-2deafd4bd030', '01a22959-51ee-768d-ac24-139d17cf7205', '\x450cc3a8b95f26772163536ee841e9b4', '01a22959-5193-7497-b020-92acab8971a8', 20347, NULL, NULL, 'EMAIL', NULL, 'lv', '\x05b6f8d4089782cc4662493c21003951', '2025-09-16 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07010402ff01010001ff', NULL, NULL, NULL, NULL),
	('0e027248-fee5-4f02-a1bc-b3e5de1e90d6', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc35d409a70c231470265ab269adc9743', '01a22959-5193-7497-b020-92acab8971a8', 20490, NULL, NULL, 'APP', 'loyal', 'en', NULL, '2026-02-06 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08ff02ffff00ffffff00', NULL, NULL, NULL, NULL),
	('0e8de9c3-8371-45f2-ba86-f4df2743314b', '01a22959-5201-77c3-9789-160a1f543150', '\x6eee2294c260e64e156c8701c80f35e0', '01a22959-5193-7497-b020-92aa0fcae979', 20408, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'gold', NULL, '\xf67d5b70e72cc807708de103660e925f', '2025-11-16 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('0e92ca4d-c0d7-44fb-a2f3-604d523b5e0b', '01a22959-5228-7308-bd63-eb8d7c406690', '\xf5fc09e9e76b93d087e8c5f08534f1ff', '01a22959-5193-7497-b020-92aa0fcae979', 20510, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', NULL, '\x468b2976882c12d54ee00cc7070aa5bc', '2026-02-26 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('0eb72a15-2985-4691-a56d-54046a671ecc', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf64654e751db0d48ca04fe2acad0b9e5', '01a22959-5193-7497-b020-92ad209912a7', 20409, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'gold', NULL, '\xf26561ed6ad76ee7818ee4e5f39e0b47', '2025-11-17 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0802030501ffffffff00', NULL, NULL, NULL, NULL),
	('13b62571-b5b9-499c-a30e-da12616e750d', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4c3b3de48609f8e58d17b2d8229952fc', '01a22959-458d-72bc-8303-bf3637a0c371', 20529, NULL, NULL, NULL, NULL, 'lv', '\xd8975115a7f333b9b74e426f1e6dbcc5', '2026-03-17 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0704ffff01ff00000100', NULL, NULL, NULL, NULL),
	('14a0b00b-b835-48a5-b414-5e878c9a3751', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd44572d67736373327262b8cd4031ff8', '01a22959-5193-7497-b020-92a80f5a73cb', 20356, NULL, NULL, 'APP', NULL, 'en', '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2025-09-25 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0506030302000101ff', NULL, NULL, NULL, NULL),
	('14ace1cb-47a1-44e4-9407-ab3300bc22cb', '01a22959-51ee-768d-ac24-139d17cf7205', '\xcecc4c43fd642576851e2c8f923e3fe8', '01a22959-5193-7497-b020-92abd750d2bd', 20363, NULL, NULL, 'EMAIL', NULL, 'en', NULL, '2025-10-02 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x000402ffff0201010100', NULL, NULL, NULL, NULL),
	('171fddd2-7e36-4e8a-b215-9ff5dd5038a4', '01a22959-51ee-768d-ac24-139d17cf7205', '\x37d2a9b07ebfe4c51eeae38c6e680072', '01a22959-5193-7497-b020-92aa0fcae979', 20411, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'en', NULL, '2025-11-19 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0804ffffffff010101ff', NULL, NULL, NULL, NULL),
	('195793c8-a276-4c02-925f-8467a212f5e6', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf92aab4acfca057e8051521e3ea51239', '01a22959-5193-7497-b020-92aa0fcae979', 20448, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', 'en', NULL, '2025-12-26 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0affffff0302ffffff00', NULL, NULL, NULL, NULL),
	('1a358ca0-0d75-485d-99c9-4309570dc195', '01a22959-51ee-768d-ac24-139d17cf7205', '\xbb024fdd6c68598ece3a4c01eb45f754', '01a22959-5193-7497-b020-92abd750d2bd', 20337, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', 'lv', '\x78d64c213120093a2590f73791c0c87e', '2025-09-06 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09040404ff00010001ff', NULL, NULL, NULL, NULL),
	('1a61dbe2-2e44-458b-ae97-ba94d0eda82f', '01a22959-51ee-768d-ac24-139d17cf7205', '\x47144945d83ab7b784ecc09afeab808e', '01a22959-5193-7497-b020-92acab8971a8', 20333, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'lv', '\xa7eb4231cd85a1279fe564e91c68b2cb', '2025-09-02 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06020702010000010100', NULL, NULL, NULL, NULL),
	('1d10e931-6c7b-41e2-a814-c437e6d14318', '01a22959-51ee-768d-ac24-139d17cf7205', '\x0a0b73f27bd1ac369c633d6f53fd8791', '01a22959-5193-7497-b020-92abd750d2bd', 20370, NULL, NULL, 'APP', NULL, 'en', '\x391ab32b06f3d705b4c59488db514a4d', '2025-10-09 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a02ffff0000ffffffff', NULL, NULL, NULL, NULL),
	('1ea52600-1172-4154-9c79-ed2eca00a875', '01a22959-51ee-768d-ac24-139d17cf7205', '\x54c258922a00e4e14dfed0d51c5a3b70', '01a22959-5193-7497-b020-92acab8971a8', 20507, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'en', '\x402f1631d6134fd058ff8d7151ba2872', '2026-02-23 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0604ffff01ff000001ff', NULL, NULL, NULL, NULL),
	('2119c05c-2a1e-4b8c-b646-7838764d4529', '01a22959-51ee-768d-ac24-139d17cf7205', '\x7f87d572fb84134075c7851f676630b6', '01a22959-5193-7497-b020-92acab8971a8', 20390, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', 'lv', '\x446220a66a310ececd7f63f7c45b5462', '2025-10-29 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0804ff0202ffffffff00', NULL, NULL, NULL, NULL),
	('2318dccc-ea39-43ce-aaf1-59aee3b240d2', '01a22959-5228-7308-bd63-eb8d7c406690', '\xb82b698c14de079ab68fab7074cce3c8', '01a22959-5193-7497-b020-92abd750d2bd', 20543, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'loyal', 'en', NULL, '2026-03-31 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('23fd4a19-ce3a-4724-bc99-cd7b0f39e374', '01a22959-51ee-768d-ac24-139d17cf7205', '\x114bd6a4732ed495a0ba57ec4c0e6bda', '01a22959-5193-7497-b020-92a80f5a73cb', 20535, NULL, NULL, NULL, 'new', 'en', NULL, '2026-03-23 06:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00020104030101000000', NULL, NULL, NULL, NULL),
	('24fd4172-e5c6-4b8e-81d6-023d7c13b267', '01a22959-51ee-768d-ac24-139d17cf7205', '\x3a799eee1cde9f55e7f41fdb794553b7', '01a22959-5193-7497-b020-92acab8971a8', 20394, NULL, NULL, 'APP', 'new', 'lv', '\x05b6f8d4089782cc4662493c21003951', '2025-11-02 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040305ffff00010000', NULL, NULL, NULL, NULL),
	('25518b0e-28b1-484f-969b-05b488d197b2', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4fb9fbde36d9fe62060d6525988a3f6e', '01a22959-5193-7497-b020-92abd750d2bd', 20469, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', NULL, '\x426f9d326070bf99ca936da48d3bdce4', '2026-01-16 06:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090106020000000101ff', NULL, NULL, NULL, NULL),
	('25897dfa-8472-47bb-932b-51fc0db5a939', '01a22959-51ee-768d-ac24-139d17cf7205', '\x53dcd971a6f8fb27b4fbeed36cbb7241', '01a22959-5193-7497-b020-92aa0fcae979', 20416, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x384205ca7b5083060887c52ed10a2ee6', '2025-11-24 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03ff04ff0000ffffff00', NULL, NULL, NULL, NULL),
	('278470e2-dd8c-4f96-a02f-6772e8a0fe71', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf73577c6c2794f1edd83ca1559dd4a47', '01a22959-5193-7497-b020-92aa0fcae979', 20440, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'lv', '\x144610f34afc535985bf965c85910d73', '2025-12-18 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x070206ff000001000100', NULL, NULL, NULL, NULL),
	('2a79c91c-4e94-4a24-ae16-bea21c7c766b', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8ce4d97d6449a020db31649754c46cfa', '01a22959-5193-7497-b020-92abd750d2bd', 20487, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', NULL, '\xdcaa0d7cc05b14a1f30f8554bc6c5ea1', '2026-02-02 22:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0406050302ffffff00', NULL, NULL, NULL, NULL),
	('2a7ec806-99a1-4b9e-babc-b4aa4fffa8e1', '01a22959-51ee-768d-ac24-139d17cf7205', '\x89fcfa02b752858148484de52e997f9c', '01a22959-458d-72bc-8303-bf3637a0c371', 20400, NULL, NULL, 'APP', NULL, NULL, '\x1cf48e48e5d60b482ef54bb7f420cb9b', '2025-11-08 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0604ff05ff01010101ff', NULL, NULL, NULL, NULL),
	('2f3e3319-611e-419f-93a0-df349de64869', '01a22959-51ee-768d-ac24-139d17cf7205', '\x891e4931a61033b22a67f8ca3979b185', '01a22959-5193-7497-b020-92aa0fcae979', 20439, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'en', NULL, '2025-12-16 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x000404040101ffffff00', NULL, NULL, NULL, NULL),
	('307438e6-f4ae-4d02-93fc-ba583c787566', '01a22959-51ee-768d-ac24-139d17cf7205', '\x405d2dc7360f6465f86027f2cd581da7', '01a22959-5193-7497-b020-92abd750d2bd', 20386, NULL, NULL, NULL, 'loyal', 'lv', NULL, '2025-10-25 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a03ff04030000000100', NULL, NULL, NULL, NULL),
	('310fac10-f5c4-4e06-b7cc-45162bd76124', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xa34afa08521269a7ba4664607bee42a2', '01a22959-5193-7497-b020-92ad209912a7', 20442, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'gold', 'en', '\xd5de2c21a44a0acef7f090e66a6e5081', '2025-12-20 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x04', NULL, NULL, NULL, NULL),
	('31f1160f-bd1e-40e8-b2ef-84f4ed22c330', '01a22959-51ee-768d-ac24-139d17cf7205', '\x6f4cbe421608177ebf36328ff97df0a8', '01a22959-5193-7497-b020-92abd750d2bd', 20414, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'loyal', 'lv', '\x6ba4f4c27396e7a866c3652cf24083d8', '2025-11-22 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe01040102ffffff00', NULL, NULL, NULL, NULL),
	('3945336b-d51b-4815-aaf7-19f3fd68373b', '01a22959-51ee-768d-ac24-139d17cf7205', '\x5b896dc7d114cbca86d8b20ba39ca9b8', '01a22959-5193-7497-b020-92acab8971a8', 20344, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'new', 'en', '\x582bfc3b5bdeb1a026f48f4e7720890f', '2025-09-13 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff030500ff00010000', NULL, NULL, NULL, NULL),
	('394d5695-c92e-4a23-9b89-02ae79510214', '01a22959-51ee-768d-ac24-139d17cf7205', '\x879677574d7b81d6eacf2e108be135b8', '01a22959-5193-7497-b020-92acab8971a8', 20542, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', NULL, NULL, '2026-03-30 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090407ffffff01000100', NULL, NULL, NULL, NULL),
	('32c32444-a48c-4d5c-a1fe-b6249df2025f', '01a22959-51ee-768d-ac24-139d17cf7205', '\xeacc3c60b3cd470b807a8f4b12f99d85', '01a22959-5193-7497-b020-92acab8971a8', 20352, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'new', 'lv', NULL, '2025-09-21 01:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.00499+00', NULL, NULL, NULL),
	('01007271-8d8c-49a8-b0d1-937ab5ec5c29', '01a22959-51ee-768d-ac24-139d17cf7205', '\x457e702456d02fb4189e319cc78a5463', '01a22959-5193-7497-b020-92ad209912a7', 20424, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'loyal', 'en', NULL, '2025-12-02 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03050505040101010100', NULL, NULL, NULL, '2026-11-29 22:07:29.806459+00'),
	('39f6fa2d-1683-4e93-8faf-8eb0b7fdf4c5', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x15acb95d7ed1c60473fe02f76345fd23', '01a22959-5193-7497-b020-92aa0fcae979', 20431, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', NULL, '\xf67d5b70e72cc807708de103660e925f', '2025-12-09 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('3b618676-26bb-4dbd-ad1c-9af0153e7c2a', '01a22959-51ee-768d-ac24-139d17cf7205', '\xfa8164370167ace60010887780cb5569', '01a22959-5193-7497-b020-92ad209912a7', 20336, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', NULL, 'lv', '\x8f78e890aca723de321234a7ccf62062', '2025-09-05 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06040601030200000100', NULL, NULL, NULL, NULL),
	('3b8ea2bb-7237-4aaf-80d9-20ca68b55153', '01a22959-51ee-768d-ac24-139d17cf7205', '\x2320bdbcb2f20a3c3441b35d4efcf490', '01a22959-5193-7497-b020-92ad209912a7', 20537, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'loyal', 'lv', NULL, '2026-03-25 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0401040300ffffff00', NULL, NULL, NULL, NULL),
	('3d110dbb-f3bb-4654-9ca3-32df298c21ba', '01a22959-51ee-768d-ac24-139d17cf7205', '\x1d7650684329d5f93aa7f15170a02321', '01a22959-5193-7497-b020-92aa0fcae979', 20419, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', NULL, NULL, '2025-11-27 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x030403010400010100ff', NULL, NULL, NULL, NULL),
	('40ad6e56-2256-4b55-b4dc-b2234165fe57', '01a22959-51ee-768d-ac24-139d17cf7205', '\x20519e21ecf72bc8c2740113342c0dc7', '01a22959-5193-7497-b020-92acab8971a8', 20500, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-02-16 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06ffff01ffffffffffff', NULL, NULL, NULL, NULL),
	('40daf8f2-e4d0-416c-80da-192cedb98114', '01a22959-5201-77c3-9789-160a1f543150', '\x90a809d4b899d18e35543e8b1b5ec87a', '01a22959-5193-7497-b020-92acab8971a8', 20481, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', 'en', '\x1e12dd7a85ad4275f4e411fb8f387214', '2026-01-28 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a', NULL, NULL, NULL, NULL),
	('4350b833-f93b-4d89-b256-28570d6561db', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x1e4645f9c764e96a8ce543d14a91225c', '01a22959-5193-7497-b020-92aa0fcae979', 20517, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', '\xf4f44be5b06c1903703e102510281199', '2026-03-05 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('461896fb-ba8f-48d1-92df-7c8136c4930a', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x9bad2481f75871419d11b7001eb51168', '01a22959-5193-7497-b020-92aef602acaa', 20487, NULL, NULL, 'EMAIL', 'gold', NULL, NULL, '2026-02-03 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x04', NULL, NULL, NULL, NULL),
	('4bb446a2-c32d-4ff4-8f28-609a4d7f4225', '01a22959-51ee-768d-ac24-139d17cf7205', '\xcdc75c48020a592e00e1d7270a98dba0', '01a22959-5193-7497-b020-92ad209912a7', 20499, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', 'new', 'en', '\xd51e7d6fee72c605aa6186155356f480', '2026-02-15 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08050701ffff01000100', NULL, NULL, NULL, NULL),
	('4d6ac110-c5b8-44fa-9198-163065651e31', '01a22959-5201-77c3-9789-160a1f543150', '\x3a9caee53fba1e1a6dbbcc623e19e69c', '01a22959-458d-72bc-8303-bf3637a0c371', 20449, NULL, NULL, 'EMAIL', NULL, 'lv', '\xd8975115a7f333b9b74e426f1e6dbcc5', '2025-12-27 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09', NULL, NULL, NULL, NULL),
	('4d8e4eb1-dd2e-47b9-87ae-00e37c181ee7', '01a22959-51ee-768d-ac24-139d17cf7205', '\x202a9b150bdbee4b0c084fe6f0d8b22c', '01a22959-5193-7497-b020-92abd750d2bd', 20471, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', NULL, NULL, '2026-01-18 06:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0206030000ffffffff', NULL, NULL, NULL, NULL),
	('4f8fdd84-2523-4bb0-9153-8a62b7ddc1a8', '01a22959-5228-7308-bd63-eb8d7c406690', '\xe3f75a92bc18c0854b27ff4021619cf9', '01a22959-5193-7497-b020-92ad209912a7', 20429, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'new', NULL, '\x45d67808961f1a023605fb6ba39231f5', '2025-12-07 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('4fb69253-3aba-46f9-8441-a7ecb78e013a', '01a22959-51ee-768d-ac24-139d17cf7205', '\xbc4a1fda52dd52ff8a34792525d66659', '01a22959-5193-7497-b020-92a80f5a73cb', 20518, NULL, NULL, NULL, 'new', 'en', NULL, '2026-03-06 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07fe0502000201010100', NULL, NULL, NULL, NULL),
	('504cb97a-d9f5-4bef-9350-2210090edd5a', '01a22959-51ee-768d-ac24-139d17cf7205', '\x86e5082107e5f2dd19ac900d79bd40bb', '01a22959-5193-7497-b020-92ad209912a7', 20501, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', 'loyal', NULL, '\xd75f25335c74eaa1e5c72aa888408b7a', '2026-02-17 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a02ff010201ffffff00', NULL, NULL, NULL, NULL),
	('5082baa5-6fed-4708-8227-cfd2b455e37c', '01a22959-51ee-768d-ac24-139d17cf7205', '\x06316188406e2448cd86b74b91c9380a', '01a22959-5193-7497-b020-92acab8971a8', 20515, NULL, NULL, 'EMAIL', 'new', 'en', NULL, '2026-03-03 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x080306ff01ff01010100', NULL, NULL, NULL, NULL),
	('51cdf2f9-dc7a-415d-93ea-b0313c73d5f4', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc57f78383607cc5c34039a2f86b09310', '01a22959-5193-7497-b020-92ad209912a7', 20366, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'loyal', NULL, '\x1e12dd7a85ad4275f4e411fb8f387214', '2025-10-05 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0701ffff0000000100ff', NULL, NULL, NULL, NULL),
	('54443b02-d5bd-4fee-b960-e68cb5cbfde6', '01a22959-51ee-768d-ac24-139d17cf7205', '\x008ea9ff3ebbb1a47de98072bc490735', '01a22959-5193-7497-b020-92abd750d2bd', 20452, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'new', 'lv', '\x4ae809c27acef3be703384346b1e3aba', '2025-12-30 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08040304000201010100', NULL, NULL, NULL, NULL),
	('5534a034-e800-4d90-b3f6-e53d3853933d', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xebd191c5cb1548ae8f43d90443665c46', '01a22959-5193-7497-b020-92abd750d2bd', 20357, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'loyal', 'en', '\x8fae04caee4713347bff97eec72f13cc', '2025-09-26 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('59652327-f8aa-427c-b7aa-6e05a6a46492', '01a22959-51ee-768d-ac24-139d17cf7205', '\xe591ed4a32335c0f4f4d49ee15556ca7', '01a22959-5193-7497-b020-92aa0fcae979', 20476, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'lv', '\x144610f34afc535985bf965c85910d73', '2026-01-23 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0705ff05ffff010101ff', NULL, NULL, NULL, NULL),
	('5a077da7-bc6b-4b46-80ac-55da269afe53', '01a22959-5201-77c3-9789-160a1f543150', '\x648f7e500c5aad8470d006b736c9b441', '01a22959-5193-7497-b020-92abd750d2bd', 20456, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'new', 'lv', '\xc626740ae2e3d579c6830dd4e5ddfa96', '2026-01-03 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09', NULL, NULL, NULL, NULL),
	('5a8d0312-1545-4f3d-b6b2-392a8b9f9fc0', '01a22959-5201-77c3-9789-160a1f543150', '\x579518c49e748d662f0d9bd7ab54cf73', '01a22959-5193-7497-b020-92ad209912a7', 20478, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'loyal', NULL, NULL, '2026-01-25 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('5c0412d2-29f4-436e-bbf7-3ce8a9c3d962', '01a22959-51ee-768d-ac24-139d17cf7205', '\xb47d329b8a62b8aab198835f28118562', '01a22959-5193-7497-b020-92aa0fcae979', 20474, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, NULL, '\xf8211d282295f2ddf82e250acd6b1c64', '2026-01-20 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0702ff0504ffffffff00', NULL, NULL, NULL, NULL),
	('5c57532b-a31a-49dd-a212-65400ab77988', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf31a9c9eb4e820793b4dc2d8549f5d2e', '01a22959-5193-7497-b020-92acab8971a8', 20351, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'new', 'en', '\xee8feea855951e5ccc5db1b60860159f', '2025-09-20 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08ff030102ff010101ff', NULL, NULL, NULL, NULL),
	('5d878b11-da67-4fe3-a259-a335c33cbd45', '01a22959-51ee-768d-ac24-139d17cf7205', '\xfdb7597b3d43eb12d7670a759701bcb1', '01a22959-5193-7497-b020-92acab8971a8', 20505, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', 'en', '\xf8211d282295f2ddf82e250acd6b1c64', '2026-02-21 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07ffff04000100010000', NULL, NULL, NULL, NULL),
	('5ea049a4-8eb0-48c8-88e9-500c0d0e2c33', '01a22959-51ee-768d-ac24-139d17cf7205', '\x26317da75b425df4e0b595fd6f9f8b28', '01a22959-5193-7497-b020-92abd750d2bd', 20405, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, 'en', NULL, '2025-11-13 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0affff020100ffffff00', NULL, NULL, NULL, NULL),
	('5f25a7fe-1b2a-4134-9dca-8b0c5fc11cc0', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xce7068dfdd9cbc23db67b3202cfb7a42', '01a22959-5193-7497-b020-92aa0fcae979', 20403, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x4ae809c27acef3be703384346b1e3aba', '2025-11-11 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09', NULL, NULL, NULL, NULL),
	('5ffd3d40-773c-4b1a-972f-537c4bfc3a30', '01a22959-5201-77c3-9789-160a1f543150', '\x161b6f62282e06f203904b6670e75f9f', '01a22959-5193-7497-b020-92abd750d2bd', 20393, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'loyal', 'en', '\x53cc70969bff18ba809186075cb8e9ae', '2025-11-01 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08', NULL, NULL, NULL, NULL),
	('626a1495-45cd-4f08-a4c6-4fcbabc4f4db', '01a22959-5201-77c3-9789-160a1f543150', '\x5c676da0494522d69d66ba0d0a64b752', '01a22959-5193-7497-b020-92ad209912a7', 20448, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'loyal', 'lv', NULL, '2025-12-25 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('631bcb09-ae12-4a3c-839e-0d8b11354113', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa9444a0838b6858a75d91f9e18c328ca', '01a22959-5193-7497-b020-92acab8971a8', 20398, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'lv', NULL, '2025-11-06 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06010204ff0101010100', NULL, NULL, NULL, NULL),
	('63826536-02b8-492a-8736-c45253fb51b9', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xa8a3878645d5ce300a24cd5bafacbbf9', '01a22959-5193-7497-b020-92aa0fcae979', 20388, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', 'lv', NULL, '2025-10-27 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08', NULL, NULL, NULL, NULL),
	('6415479c-65dc-4f50-bf63-af83bd0561e6', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x84c5d1de1c685a630c1090dad6ef8dfb', '01a22959-5193-7497-b020-92acab8971a8', 20335, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', 'lv', '\xa0e3df656d01a4b627c1811acffc3095', '2025-09-04 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('64acab7a-6120-4f98-b20d-7b54c18bbb5b', '01a22959-51ee-768d-ac24-139d17cf7205', '\x6a13e3c0c00fa658e142d71c38b2569a', '01a22959-5193-7497-b020-92acab8971a8', 20465, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'en', '\x446220a66a310ececd7f63f7c45b5462', '2026-01-12 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x030402050002ffffffff', NULL, NULL, NULL, NULL),
	('64e27602-7c73-46c9-a04b-0dcee5d00a4d', '01a22959-5201-77c3-9789-160a1f543150', '\xd710705897bc6d75bc9f19001fd64485', '01a22959-5193-7497-b020-92aa0fcae979', 20354, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'lv', '\x8f78e890aca723de321234a7ccf62062', '2025-09-23 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x05', NULL, NULL, NULL, NULL),
	('653f387f-ad7b-4176-8ebc-4be59b5dae4e', '01a22959-51ee-768d-ac24-139d17cf7205', '\x6d2e8272244e256401c0768cdde4180a', '01a22959-458d-72bc-8303-bf3637a0c371', 20402, NULL, NULL, 'APP', NULL, NULL, '\x6abb25b693b2c6ed346358dab07f8ee7', '2025-11-10 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00040202010001010100', NULL, NULL, NULL, NULL),
	('6542a692-4667-4b28-9687-2f85a9886cb4', '01a22959-51ee-768d-ac24-139d17cf7205', '\xadb09258a8eaa08f3cb2bfbe41b5db8a', '01a22959-5193-7497-b020-92aa0fcae979', 20462, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', NULL, '\xa0e3df656d01a4b627c1811acffc3095', '2026-01-09 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040301040001010100', NULL, NULL, NULL, NULL),
	('67ec326a-4234-4354-b22d-2882d1a89b37', '01a22959-51ee-768d-ac24-139d17cf7205', '\x632469201c568c061d10483273229c21', '01a22959-5193-7497-b020-92aa0fcae979', 20346, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, NULL, '2025-09-14 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06ff07ff0300010001ff', NULL, NULL, NULL, NULL),
	('69f44612-6201-49d3-a9ac-0f03dee0a843', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa56c96b17efd369c6eae9e955d21b535', '01a22959-5193-7497-b020-92ad209912a7', 20359, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', 'gold', 'lv', NULL, '2025-09-27 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0affff040301ffffff00', NULL, NULL, NULL, NULL),
	('6bf46c69-7d2c-4f82-aeea-cbe226e87555', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf93dd8c92fafd2a99b66c8038b04ff73', '01a22959-5193-7497-b020-92aa0fcae979', 20334, NULL, NULL, 'APP', 'new', 'lv', '\x582bfc3b5bdeb1a026f48f4e7720890f', '2025-09-03 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08ff07ff020201010100', NULL, NULL, NULL, NULL),
	('6db63aed-95ac-414a-8f00-42f5d526e8f9', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8e12f4bed10c11dd02a5b1eee47e36df', '01a22959-5193-7497-b020-92abd750d2bd', 20401, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'new', NULL, '\xc626740ae2e3d579c6830dd4e5ddfa96', '2025-11-09 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0702ff050101ffffff00', NULL, NULL, NULL, NULL),
	('6f066429-037f-423b-8532-b56c1f27b474', '01a22959-5201-77c3-9789-160a1f543150', '\xc18d39e1b8b7a18b384dcfd5f5c85ddb', '01a22959-5193-7497-b020-92acab8971a8', 20417, NULL, NULL, 'APP', 'new', 'lv', '\xca0f74e442c679d098fe02e2c408e0c7', '2025-11-25 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07', NULL, NULL, NULL, NULL),
	('51464143-02c1-4c37-aecc-39e9ebbc8d79', '01a22959-51ee-768d-ac24-139d17cf7205', '\x96a732d3e6e9464088a7684625362d4e', '01a22959-5193-7497-b020-92a80f5a73cb', 20475, NULL, NULL, 'EMAIL', NULL, 'en', NULL, '2026-01-22 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:29.96842+00', NULL, NULL, NULL),
	('61b2480c-55d8-4e8d-8046-0d692ed65411', '01a22959-51ee-768d-ac24-139d17cf7205', '\xbe37de0dcc4697b3c814a4695a095c13', '01a22959-5193-7497-b020-92a80f5a73cb', 20349, NULL, NULL, NULL, 'new', 'en', '\xf4f44be5b06c1903703e102510281199', '2025-09-18 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040304030001010000', NULL, NULL, NULL, '2026-11-29 22:07:29.84382+00'),
	('6f2a6038-f4ec-42b1-bd26-ff92a525c815', '01a22959-51ee-768d-ac24-139d17cf7205', '\xdd06cf0f7b3c93ab0df91db77b253184', '01a22959-5193-7497-b020-92aef602acaa', 20437, NULL, NULL, 'APP', 'loyal', 'lv', '\x14d75e84d2258ae961266158c0263175', '2025-12-15 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08feff01ff0001000000', NULL, NULL, NULL, NULL),
	('6fa126a8-ade2-4655-8dc5-08c6a2c81c32', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x3670877e0ae01ff376337cec193d7316', '01a22959-5193-7497-b020-92aa0fcae979', 20379, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, NULL, '\x446220a66a310ececd7f63f7c45b5462', '2025-10-18 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x02', NULL, NULL, NULL, NULL),
	('709bdda6-94d4-4c36-bd1d-8480d691cfe9', '01a22959-51ee-768d-ac24-139d17cf7205', '\xebe293801377d88391c24d7c623832f5', '01a22959-5193-7497-b020-92aef602acaa', 20444, NULL, NULL, 'APP', 'new', 'lv', NULL, '2025-12-22 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040603ffff00000100', NULL, NULL, NULL, NULL),
	('70d92041-7ac8-4cb6-8e7a-49fb52be17ab', '01a22959-51ee-768d-ac24-139d17cf7205', '\xbbbff6296323b4467c4a9ae64215fa78', '01a22959-5193-7497-b020-92acab8971a8', 20534, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'en', NULL, '2026-03-22 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07fe0704ff0100010100', NULL, NULL, NULL, NULL),
	('7249d149-7eab-41d1-bb1f-453df43cc03a', '01a22959-5201-77c3-9789-160a1f543150', '\xe5fffa3f4bd6ee3446e1686d2b27a901', '01a22959-5193-7497-b020-92ad209912a7', 20412, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'gold', 'lv', '\x6c3bc22bbd4ea149f2a656440c340c65', '2025-11-20 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('742850f0-a732-42be-8a99-b2ddb02a3b27', '01a22959-51ee-768d-ac24-139d17cf7205', '\xcc23db45bb5afeae14b481da305121d0', '01a22959-5193-7497-b020-92ad209912a7', 20459, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'gold', NULL, '\x45d67808961f1a023605fb6ba39231f5', '2026-01-06 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0304ff0200ffffffff00', NULL, NULL, NULL, NULL),
	('755f35fd-9913-495b-8401-df013a1571fd', '01a22959-51ee-768d-ac24-139d17cf7205', '\x43f321f49e6def427a14fc0d841d0eff', '01a22959-5193-7497-b020-92abd750d2bd', 20509, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, 'lv', NULL, '2026-02-24 22:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07fe02ff0201000100ff', NULL, NULL, NULL, NULL),
	('778e384b-30f2-400d-a32a-42b93eb420db', '01a22959-51ee-768d-ac24-139d17cf7205', '\x2aad35ca6198dd9749f87eecce0a789d', '01a22959-458d-72bc-8303-bf3637a0c371', 20427, NULL, NULL, 'EMAIL', 'loyal', 'en', '\xbca2ad731fee196d83f44da7f559b4ec', '2025-12-05 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060202030200010101ff', NULL, NULL, NULL, NULL),
	('7f75d5c2-91f6-49b6-ba47-9870d6e733f8', '01a22959-5201-77c3-9789-160a1f543150', '\x8b0cf0669f6a71ee2a92daa293dc1aa4', '01a22959-5193-7497-b020-92aa0fcae979', 20433, NULL, NULL, 'APP', 'gold', 'en', NULL, '2025-12-11 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('826275b7-124e-4e50-8eaa-8d638e069436', '01a22959-51ee-768d-ac24-139d17cf7205', '\xb741df89d6955f5be91b135521e4169e', '01a22959-5193-7497-b020-92acab8971a8', 20506, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', NULL, '\x587d29610f371fca025f4c6be5eb89b4', '2026-02-22 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0803ffff00ff00000100', NULL, NULL, NULL, NULL),
	('888564e8-8216-458f-b3cc-ef0346f5a1b4', '01a22959-51ee-768d-ac24-139d17cf7205', '\x91a0fbbe3d5c5e0365611481140ef625', '01a22959-5193-7497-b020-92abd750d2bd', 20344, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', NULL, 'lv', '\xee8feea855951e5ccc5db1b60860159f', '2025-09-12 22:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe0603000000010000', NULL, NULL, NULL, NULL),
	('88bba317-5b6e-48b0-85e9-251c1b3a953c', '01a22959-51ee-768d-ac24-139d17cf7205', '\x658bdf37500ef4e3c248412a872bafc4', '01a22959-5193-7497-b020-92aa0fcae979', 20376, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', '\x6abb25b693b2c6ed346358dab07f8ee7', '2025-10-15 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a05ffff030101000100', NULL, NULL, NULL, NULL),
	('8970978f-2f28-4d98-8cce-4a5071ac0278', '01a22959-5228-7308-bd63-eb8d7c406690', '\x780d15941152a3e35d2d5e249984bc5b', '01a22959-5193-7497-b020-92acab8971a8', 20421, NULL, NULL, NULL, 'loyal', 'lv', '\xe0f221ba54ca1fbce81aee42938b4275', '2025-11-29 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('8cd03260-74aa-4340-997a-20be63cc537b', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc73f580f631c2e6828f8ef9a5bee9053', '01a22959-5193-7497-b020-92aa0fcae979', 20372, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'en', '\x2c0a38361510c59d75b1bbe8cbb70920', '2025-10-11 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06040704010101010000', NULL, NULL, NULL, NULL),
	('8f59da0b-2789-45ac-aec0-9be376600d5f', '01a22959-51ee-768d-ac24-139d17cf7205', '\xcbd2d077f618c18037e16b4d276a4279', '01a22959-5193-7497-b020-92aa0fcae979', 20530, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', 'lv', '\x05b6f8d4089782cc4662493c21003951', '2026-03-18 16:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03fe01ff0102ffffffff', NULL, NULL, NULL, NULL),
	('8fc5654a-7539-4fcd-966e-a43232b10455', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd35218d810faa3743d5a31d7551515e3', '01a22959-5193-7497-b020-92acab8971a8', 20477, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'en', NULL, '2026-01-24 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060306ffff0101000000', NULL, NULL, NULL, NULL);
INSERT INTO public.survey_response VALUES
	('91d27ae6-16c5-4c27-a6f8-676741023534', '01a22959-51ee-768d-ac24-139d17cf7205', '\x9db4a6cbffbae619d7e21a87f091b6a2', '01a22959-5193-7497-b020-92ad209912a7', 20504, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'gold', 'lv', NULL, '2026-02-20 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x070303ff0102ffffff00', NULL, NULL, NULL, NULL),
	('922eb8ff-13bf-4d4f-990f-42d8388059ea', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4ae1d2d8c1d265d609f5547b8a64d40f', '01a22959-5193-7497-b020-92abd750d2bd', 20466, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', NULL, 'lv', NULL, '2026-01-13 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08ff07050101ffffff00', NULL, NULL, NULL, NULL),
	('93cde609-5e73-452b-bd91-4b0e60307b75', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd11b9da0b26c7f7591adc6337df20989', '01a22959-5193-7497-b020-92aa0fcae979', 20375, NULL, NULL, NULL, 'new', 'en', '\xb85b84ee1b9b686f70bf8c25dabe2f13', '2025-10-14 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09020203040201010100', NULL, NULL, NULL, NULL),
	('942f0c8a-c544-4b7d-af3f-a0220332a06a', '01a22959-51ee-768d-ac24-139d17cf7205', '\xf430894f7e70d4d4eb88549adda344c8', '01a22959-458d-72bc-8303-bf3637a0c371', 20425, NULL, NULL, 'EMAIL', 'loyal', 'lv', NULL, '2025-12-03 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe0204040000010100', NULL, NULL, NULL, NULL),
	('9617402a-87c9-417e-a87a-b5857fe55e02', '01a22959-51ee-768d-ac24-139d17cf7205', '\x1d031cc348b028dce011a391d714231e', '01a22959-5193-7497-b020-92abd750d2bd', 20513, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', NULL, '\xbca2ad731fee196d83f44da7f559b4ec', '2026-03-01 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060106ff0402ffffffff', NULL, NULL, NULL, NULL),
	('96f8a8fe-3170-4850-a47e-119815c18198', '01a22959-51ee-768d-ac24-139d17cf7205', '\x0369cfafd5b9580b41ceeede79203890', '01a22959-5193-7497-b020-92abd750d2bd', 20532, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'loyal', NULL, '\x53cc70969bff18ba809186075cb8e9ae', '2026-03-20 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a02ff02010000010000', NULL, NULL, NULL, NULL),
	('99434ea9-27a0-43e7-aaa1-de16ad518396', '01a22959-51ee-768d-ac24-139d17cf7205', '\xe766d030838689f9a8ddb37fadbc85b6', '01a22959-5193-7497-b020-92aa0fcae979', 20436, NULL, NULL, 'EMAIL', 'loyal', 'en', '\xca0f74e442c679d098fe02e2c408e0c7', '2025-12-14 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08040405ff0101010100', NULL, NULL, NULL, NULL),
	('9a5075c3-d6f8-4129-98d7-a0c16ba4d827', '01a22959-5228-7308-bd63-eb8d7c406690', '\x8d087d67566f8bb3ec51443a54aa85a7', '01a22959-5193-7497-b020-92ad209912a7', 20416, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', NULL, 'lv', '\x7b20cde13ba4ba58128fb29e867371ff', '2025-11-23 22:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('9f94c755-6db1-4c28-bc23-aa427ac3caf8', '01a22959-51ee-768d-ac24-139d17cf7205', '\xac46e080c76e6e8c7603ed9882b9c67f', '01a22959-5193-7497-b020-92a80f5a73cb', 20391, NULL, NULL, 'APP', NULL, NULL, NULL, '2025-10-30 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0602ff0302ff01000100', NULL, NULL, NULL, NULL),
	('a0ed7277-4b0b-408d-9594-011ec264ab93', '01a22959-5201-77c3-9789-160a1f543150', '\xb492b57cffbadc710347ce79914f8e24', '01a22959-5193-7497-b020-92aa0fcae979', 20400, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'en', NULL, '2025-11-07 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('a14e5d13-b1c6-428d-b552-4dba53eb7bd1', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x97c479074bb53a24dde30eeb5cce3be1', '01a22959-5193-7497-b020-92aa0fcae979', 20536, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', 'lv', NULL, '2026-03-24 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x05', NULL, NULL, NULL, NULL),
	('a4aa07b4-9e63-47d4-b962-45d348bfcbcf', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x0f31b105764cb3bea643a9954f8fb556', '01a22959-458d-72bc-8303-bf3637a0c371', 20350, NULL, NULL, 'APP', NULL, 'lv', '\x924e4ebf5fe6f4e7c0f879d6f5aa39c5', '2025-09-19 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x01', NULL, NULL, NULL, NULL),
	('a617ad4d-6856-4e02-ba68-1a148c5770c9', '01a22959-51ee-768d-ac24-139d17cf7205', '\x52944b1d0dd72e81e4d6ab5314b42c78', '01a22959-5193-7497-b020-92acab8971a8', 20483, NULL, NULL, 'APP', 'new', 'en', '\x78d64c213120093a2590f73791c0c87e', '2026-01-30 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0801020304ffffffff00', NULL, NULL, NULL, NULL),
	('a6a3a450-6513-470e-a69e-0d37f2a74de4', '01a22959-51ee-768d-ac24-139d17cf7205', '\x831fb71a1a6f77661dea0962384a8627', '01a22959-5193-7497-b020-92aa0fcae979', 20332, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', NULL, '\x78d64c213120093a2590f73791c0c87e', '2025-09-01 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0805ff05ff0201000100', NULL, NULL, NULL, NULL),
	('a7c5be6e-198b-4250-b9cb-a4698ee1be87', '01a22959-51ee-768d-ac24-139d17cf7205', '\x1964effb073e480edd600be495ef8de4', '01a22959-5193-7497-b020-92ad209912a7', 20453, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', NULL, 'lv', '\xdcaa0d7cc05b14a1f30f8554bc6c5ea1', '2025-12-31 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a03060201ff000100ff', NULL, NULL, NULL, NULL),
	('a9e2fa40-19f2-45ff-ac84-fe81c33ea73e', '01a22959-51ee-768d-ac24-139d17cf7205', '\x97072ca14508a0f4f87f9c6144dfa235', '01a22959-5193-7497-b020-92acab8971a8', 20396, NULL, NULL, 'APP', NULL, 'lv', NULL, '2025-11-04 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff01040402ffffff00', NULL, NULL, NULL, NULL),
	('a9f8ef91-4149-4f1b-a23b-c05a50236cc3', '01a22959-51ee-768d-ac24-139d17cf7205', '\x814cd3ca684b86ca061db8bda348ac25', '01a22959-5193-7497-b020-92aa0fcae979', 20467, NULL, NULL, NULL, 'loyal', 'en', NULL, '2026-01-14 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0005ff04030201000000', NULL, NULL, NULL, NULL),
	('aa17c57c-c61c-46db-98d4-250d89df5e79', '01a22959-51ee-768d-ac24-139d17cf7205', '\x52e0a330f98bf15fbe7a498ab39313d1', '01a22959-5193-7497-b020-92aa0fcae979', 20368, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', '\x48a1f8c4275e891db570145694ae8d1d', '2025-10-06 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0403020402ffffff00', NULL, NULL, NULL, NULL),
	('ab7e892d-9cc8-4e0c-a315-1b8d34be81ec', '01a22959-5228-7308-bd63-eb8d7c406690', '\xc993c041394b802b584a894cc8a1bad6', '01a22959-5193-7497-b020-92acab8971a8', 20410, NULL, NULL, 'APP', 'gold', 'lv', NULL, '2025-11-18 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x04', NULL, NULL, NULL, NULL),
	('b08054db-a099-49ad-8ac7-cf63338d81b5', '01a22959-51ee-768d-ac24-139d17cf7205', '\xcfe04ee4dcfa289a6ecd3a766e9aeda4', '01a22959-5193-7497-b020-92abd750d2bd', 20457, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', 'lv', NULL, '2026-01-04 07:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03020504000001000000', NULL, NULL, NULL, NULL),
	('b0d01033-2818-4618-a220-f122b0381cf3', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x0071f7265d5a993690ae71c4a4709fae', '01a22959-5193-7497-b020-92acab8971a8', 20538, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'gold', 'lv', NULL, '2026-03-26 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x05', NULL, NULL, NULL, NULL),
	('b0e25386-a9e2-412e-8ca4-e513adfbe15c', '01a22959-51ee-768d-ac24-139d17cf7205', '\x60c463876c4410b50a677152db938df1', '01a22959-458d-72bc-8303-bf3637a0c371', 20432, NULL, NULL, NULL, NULL, 'en', '\x428f0a07ccd07c79d6065b65f6cb9961', '2025-12-10 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06050201030000010000', NULL, NULL, NULL, NULL),
	('a2e8fec0-ed19-457a-9b8e-9a820da9f44a', '01a22959-51ee-768d-ac24-139d17cf7205', '\xfdcfb35e161546db807cad7a2037a620', '01a22959-5193-7497-b020-92a80f5a73cb', 20371, NULL, NULL, 'EMAIL', NULL, 'lv', NULL, '2025-10-10 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:29.957604+00', NULL, NULL, NULL),
	('6fca33e8-d764-485e-a578-b076cfd6a7fc', '01a22959-51ee-768d-ac24-139d17cf7205', '\x9f92e0d27e044f2fea809709cbfe779f', '01a22959-458d-72bc-8303-bf3637a0c371', 20493, NULL, NULL, 'EMAIL', 'new', 'lv', '\xca0f74e442c679d098fe02e2c408e0c7', '2026-02-09 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00fe0303ff01ffffff00', NULL, NULL, NULL, '2026-11-29 22:07:29.834566+00'),
	('7ee14b90-cb97-4be3-880e-31b034128822', '01a22959-51ee-768d-ac24-139d17cf7205', '\x34d06f49c86f7076bb371060c9202f5f', '01a22959-5193-7497-b020-92aa0fcae979', 20369, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x8683a0a3183d41015f973bbca24a5f86', '2025-10-08 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x030504050101ffffff00', NULL, NULL, NULL, '2026-11-29 22:07:29.888319+00'),
	('70a25794-25fe-45ea-ae92-b44588a92e3c', '01a22959-51ee-768d-ac24-139d17cf7205', '\xfa1ab8dfd0b4490b8f1f18bbf358690b', '01a22959-5193-7497-b020-92acab8971a8', 20418, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', 'lv', NULL, '2025-11-26 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.075995+00', NULL, NULL, NULL),
	('8c51309f-33ec-492f-a3d6-9b01f7f19a78', '01a22959-51ee-768d-ac24-139d17cf7205', '\xbb86d1630bcc484eb0ac18c7f11c6d7d', '01a22959-5193-7497-b020-92acab8971a8', 20441, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'gold', 'lv', NULL, '2025-12-19 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.100521+00', NULL, NULL, NULL),
	('b25f9ad7-68b0-4f17-a510-672b4d9c350f', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa30e905aa95842f42de80404c0abffd0', '01a22959-5193-7497-b020-92aa0fcae979', 20503, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'lv', '\xa7eb4231cd85a1279fe564e91c68b2cb', '2026-02-19 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00030501010000010000', NULL, NULL, NULL, NULL),
	('b5393c85-6d00-47f2-8e91-c63fc3d48ef7', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x5d73fc80fd214955b2cd1e5e3bacc4c7', '01a22959-5193-7497-b020-92aef602acaa', 20522, NULL, NULL, 'EMAIL', 'loyal', 'en', NULL, '2026-03-10 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('b5e841e0-981b-4f07-b64b-4795765ca91e', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd420182744b46f2ccd16af5342ca44ef', '01a22959-5193-7497-b020-92ad209912a7', 20532, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', 'new', NULL, '\x1e12dd7a85ad4275f4e411fb8f387214', '2026-03-19 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07050205020100010000', NULL, NULL, NULL, NULL),
	('b69307f8-512d-426e-b13b-259a54b59e2d', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4c57712d8eef6006bab12ce5af273b37', '01a22959-5193-7497-b020-92aa0fcae979', 20395, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'lv', '\xba85f6deece9d8263ad1e0e88c887e64', '2025-11-03 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a050105040200010000', NULL, NULL, NULL, NULL),
	('b766b4d4-e894-4345-889d-77b3c8b215ac', '01a22959-51ee-768d-ac24-139d17cf7205', '\x2d5bcbb9980341ddb5d5bbdb256ba8ea', '01a22959-5193-7497-b020-92acab8971a8', 20460, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'new', 'en', NULL, '2026-01-07 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07050704020201010100', NULL, NULL, NULL, NULL),
	('b7c6b33f-a3c9-4e9a-b622-83de4a724048', '01a22959-51ee-768d-ac24-139d17cf7205', '\x17ce757bc3946c8b0d52be3beac11a28', '01a22959-5193-7497-b020-92aa0fcae979', 20519, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x53cc70969bff18ba809186075cb8e9ae', '2026-03-07 16:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0704060300ffffffff00', NULL, NULL, NULL, NULL),
	('b9134559-37e0-4321-b0d9-33b37aba0cf3', '01a22959-51ee-768d-ac24-139d17cf7205', '\x70138abefe6377eb0062f066580cfc66', '01a22959-5193-7497-b020-92ad209912a7', 20439, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', NULL, NULL, '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2025-12-17 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afeff02010101010000', NULL, NULL, NULL, NULL),
	('b9f3635c-f88c-422b-8ca2-a92b03a56cc1', '01a22959-51ee-768d-ac24-139d17cf7205', '\x89f2f52effd2196eef509cd811e62898', '01a22959-5193-7497-b020-92ad209912a7', 20341, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', NULL, 'lv', '\xbca2ad731fee196d83f44da7f559b4ec', '2025-09-10 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff06ffff0201010100', NULL, NULL, NULL, NULL),
	('bca8945a-8a7b-459d-9d6e-4ae6fd004353', '01a22959-51ee-768d-ac24-139d17cf7205', '\x30b737a4a0092a1e940287910f16256e', '01a22959-5193-7497-b020-92aa0fcae979', 20541, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, NULL, '\xf26561ed6ad76ee7818ee4e5f39e0b47', '2026-03-29 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060406ff020101000000', NULL, NULL, NULL, NULL),
	('bde3a6e4-149a-4e17-b71b-a4bae989da51', '01a22959-5228-7308-bd63-eb8d7c406690', '\xb67db83dce42d1045ca0633f0ba75535', '01a22959-5193-7497-b020-92aef602acaa', 20379, NULL, NULL, 'EMAIL', NULL, 'en', '\xacb9d89d8c8a3e345ab4b9ed7a1e3ff4', '2025-10-17 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('c125516b-9816-4c67-8813-4e5e207b3de0', '01a22959-51ee-768d-ac24-139d17cf7205', '\x9f1a231d5a36a5a983ca0a192fbd944e', '01a22959-5193-7497-b020-92a80f5a73cb', 20385, NULL, NULL, NULL, 'gold', 'lv', '\x555e0e66f75ca9e0a10463a7f91209ac', '2025-10-24 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090506ff040001010100', NULL, NULL, NULL, NULL),
	('c14473ca-5153-44e3-a511-741219dedb49', '01a22959-51ee-768d-ac24-139d17cf7205', '\x229f56d3dbc4f8268047a2869b845404', '01a22959-5193-7497-b020-92aa0fcae979', 20406, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, '\x6abb25b693b2c6ed346358dab07f8ee7', '2025-11-14 01:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff06ff030201010000', NULL, NULL, NULL, NULL),
	('c23e35dc-49e8-4804-8f95-54979aa31ecb', '01a22959-51ee-768d-ac24-139d17cf7205', '\x19e4b48dc140891851107ea45045d274', '01a22959-5193-7497-b020-92aa0fcae979', 20523, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', NULL, NULL, NULL, '2026-03-11 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0005060301ff01010100', NULL, NULL, NULL, NULL),
	('c27b5104-ec0a-4471-be47-874ddb340bb0', '01a22959-51ee-768d-ac24-139d17cf7205', '\x5db3d837a49c3c57d48bd625689e9adf', '01a22959-5193-7497-b020-92ad209912a7', 20421, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', NULL, 'en', '\x8683a0a3183d41015f973bbca24a5f86', '2025-11-28 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0406040202ffffffff', NULL, NULL, NULL, NULL),
	('c46f9c9a-70ae-4c01-a6d1-eec97c993a3a', '01a22959-51ee-768d-ac24-139d17cf7205', '\x3e4980910db9ca80a297c6c444b8bff2', '01a22959-5193-7497-b020-92abd750d2bd', 20423, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', 'en', '\x468b2976882c12d54ee00cc7070aa5bc', '2025-12-01 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00020502ff0001010100', NULL, NULL, NULL, NULL),
	('c4ea6574-de88-4f0f-af13-3e42dcf226db', '01a22959-51ee-768d-ac24-139d17cf7205', '\xff60e5c0c9ed96d7648ace1e38ab4489', '01a22959-5193-7497-b020-92ad209912a7', 20455, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'loyal', 'lv', '\xf67d5b70e72cc807708de103660e925f', '2026-01-02 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060207ff00ff010001ff', NULL, NULL, NULL, NULL),
	('c7132891-5050-4652-bbc5-5c33ec1072ee', '01a22959-51ee-768d-ac24-139d17cf7205', '\xba2f6d4faadcee63c720edb23ef5a1ba', '01a22959-5193-7497-b020-92ad209912a7', 20373, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', NULL, 'lv', '\xf4f44be5b06c1903703e102510281199', '2025-10-12 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff0403ff02ffffff00', NULL, NULL, NULL, NULL),
	('c7790c37-eced-4301-82f8-03f436ad61dd', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xc5002f11ade3b09a2fa92b213a5b256e', '01a22959-5193-7497-b020-92aa0fcae979', 20404, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, NULL, '\xa0e3df656d01a4b627c1811acffc3095', '2025-11-12 18:30:00+00', '2026-11-29 22:07:29.490372+00', '\x01', NULL, NULL, NULL, NULL),
	('c7e67012-f82b-49f3-a9e7-fe618be11959', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4d2940e6c80e80b992deb93173fd679c', '01a22959-5193-7497-b020-92aa0fcae979', 20435, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'lv', '\x5afbae09f6c8822f45b0f65c1c259d0d', '2025-12-13 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a010504010201010100', NULL, NULL, NULL, NULL),
	('c8caae61-ffe4-470b-8f54-e2ab33b04118', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa13e3915a54eac8ba35b1c2971aee9a6', '01a22959-5193-7497-b020-92aa0fcae979', 20509, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-02-25 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0603050403ff01000000', NULL, NULL, NULL, NULL),
	('c9b9a7c6-1cea-4e6a-8d33-96d1bf38ba6c', '01a22959-5201-77c3-9789-160a1f543150', '\x3f82d366121665250938713b1ac7bddf', '01a22959-5193-7497-b020-92ad209912a7', 20472, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'APP', 'new', 'en', '\xf163280ac0f31a146ec48916f954d399', '2026-01-19 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x05', NULL, NULL, NULL, NULL),
	('cbf93e3f-b1f9-45cb-bdd1-e6c7187f132d', '01a22959-51ee-768d-ac24-139d17cf7205', '\x310ddf9a7a06418171b57beca441ab77', '01a22959-5193-7497-b020-92acab8971a8', 20384, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'new', NULL, '\x1e12dd7a85ad4275f4e411fb8f387214', '2025-10-23 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07030104030201010100', NULL, NULL, NULL, NULL),
	('cc966f46-c6aa-4d55-8101-b8119bca3cb7', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc7dbb7652190429477aba276b4896a1b', '01a22959-5193-7497-b020-92acab8971a8', 20342, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'lv', '\x31661284670851fd47c2593c868aab93', '2025-09-11 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07fe02ff0000ffffff00', NULL, NULL, NULL, NULL),
	('d1a422cd-515a-45a5-9936-d9c23a591ecd', '01a22959-51ee-768d-ac24-139d17cf7205', '\x11b05535d067ba748c56707f28312db0', '01a22959-5193-7497-b020-92acab8971a8', 20524, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'loyal', 'en', NULL, '2026-03-12 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09ff030502ff010101ff', NULL, NULL, NULL, NULL),
	('d1d14ed0-ea2e-418c-af82-20b80d350be3', '01a22959-5201-77c3-9789-160a1f543150', '\x94cf531b595cb0819c0f3bfa84a67ac2', '01a22959-5193-7497-b020-92abd750d2bd', 20511, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'new', NULL, '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-02-27 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07', NULL, NULL, NULL, NULL),
	('d2abf161-602a-45a4-8aa1-2a75a08cc264', '01a22959-51ee-768d-ac24-139d17cf7205', '\xce0a32424d0f70d9c3cfff65ed4b072b', '01a22959-5193-7497-b020-92acab8971a8', 20480, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'en', NULL, '2026-01-27 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0204050000010001ff', NULL, NULL, NULL, NULL),
	('d5a8e989-dd45-41ce-b71d-51f326fedd16', '01a22959-51ee-768d-ac24-139d17cf7205', '\x0abf54155550a10d950d91e52f773105', '01a22959-5193-7497-b020-92abd750d2bd', 20533, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', 'lv', '\x8e02b7f6e569f7e9b75d40c6ffe81338', '2026-03-21 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x000507ff020201010100', NULL, NULL, NULL, NULL),
	('d5ab8b4d-15b4-4aeb-a4a4-5effccb573d9', '01a22959-51ee-768d-ac24-139d17cf7205', '\x7704bd6ed933b03d01f74ee39cf8db1e', '01a22959-5193-7497-b020-92aef602acaa', 20340, NULL, NULL, NULL, 'gold', 'lv', '\x9049494cc00031338c3b4e9b400c0533', '2025-09-09 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06ff02ffff0201000100', NULL, NULL, NULL, NULL),
	('d64b960d-0137-4711-8c63-bbb911eeded9', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc320cb7c5c67272a5a4c49f48bf26356', '01a22959-5193-7497-b020-92aa0fcae979', 20516, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'lv', NULL, '2026-03-04 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03fe03ff04ff01000000', NULL, NULL, NULL, NULL),
	('d79da6a3-6294-4bfe-adc4-6fb9ed0a656a', '01a22959-51ee-768d-ac24-139d17cf7205', '\x6912b97d5d857c29dc2438570cca7d84', '01a22959-5193-7497-b020-92aa0fcae979', 20407, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', 'lv', '\x582bfc3b5bdeb1a026f48f4e7720890f', '2025-11-15 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a020304ff0001000100', NULL, NULL, NULL, NULL),
	('d8593f6f-b163-4468-a885-4501f7b00117', '01a22959-51ee-768d-ac24-139d17cf7205', '\x07c735c4cc4560053272cf9f674ca097', '01a22959-5193-7497-b020-92ad209912a7', 20445, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'loyal', 'en', '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2025-12-23 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060305040301ffffff00', NULL, NULL, NULL, NULL),
	('da5715e4-e872-415c-be06-571bbdae9f93', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8fcb089413620f3a794322dbc6727fab', '01a22959-5193-7497-b020-92aef602acaa', 20387, NULL, NULL, NULL, NULL, NULL, NULL, '2025-10-26 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06030601030000010000', NULL, NULL, NULL, NULL),
	('e476c5d3-c755-4e6d-a8eb-c172a319c60b', '01a22959-51ee-768d-ac24-139d17cf7205', '\x0a93891382386637d856cb8bcb5bd3ec', '01a22959-5193-7497-b020-92aa0fcae979', 20485, NULL, NULL, 'EMAIL', NULL, 'lv', '\x48a1f8c4275e891db570145694ae8d1d', '2026-02-01 13:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a0101ffffff01010100', NULL, NULL, NULL, NULL),
	('e50d49cf-e314-4e97-a1de-7fa5a37d6c93', '01a22959-5201-77c3-9789-160a1f543150', '\x6e0f726f4a1e3c3cb519a1fc02b26d68', '01a22959-5193-7497-b020-92ad209912a7', 20526, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', NULL, 'en', '\x2d3d8125aa3744ee5b12cbe2133e39f5', '2026-03-14 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07', NULL, NULL, NULL, NULL),
	('e5b59f85-79eb-44d1-918a-ddb8cb74b998', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x8c4c83b9ad652a1efdac6673aba1f03c', '01a22959-5193-7497-b020-92abd750d2bd', 20492, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'new', 'lv', NULL, '2026-02-08 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('e6077d79-1017-4d2b-bf4e-302c31e7aed1', '01a22959-51ee-768d-ac24-139d17cf7205', '\xfb0e44055ac728c1f6f0e42a51215bd0', '01a22959-5193-7497-b020-92abd750d2bd', 20365, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'gold', NULL, NULL, '2025-10-04 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06ff040403ff01010100', NULL, NULL, NULL, NULL),
	('e64d52a0-9890-4251-82c1-278cff77a417', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xd851835c430e0784db030301f867f0a2', '01a22959-5193-7497-b020-92ad209912a7', 20429, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'loyal', 'en', '\xdcaa0d7cc05b14a1f30f8554bc6c5ea1', '2025-12-06 22:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('e74bd1aa-ca31-4b85-92e6-a34d364bb23e', '01a22959-51ee-768d-ac24-139d17cf7205', '\xdf5762d596e9438588e8fd7d56454896', '01a22959-5193-7497-b020-92acab8971a8', 20454, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', NULL, NULL, NULL, '2026-01-01 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:29.897925+00', NULL, NULL, NULL),
	('dbe0475a-7e4e-440f-a2da-43a08671fbef', '01a22959-51ee-768d-ac24-139d17cf7205', '\x9828e1dff46941efbf29dbfe92dc0a8e', '01a22959-5193-7497-b020-92abd750d2bd', 20464, NULL, NULL, NULL, NULL, 'lv', NULL, '2026-01-11 02:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:29.917035+00', NULL, NULL, NULL),
	('bd37929d-4ac7-4cc3-8c0c-668201ba985a', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4f64e406b1094b0eb919b3f947331e11', '01a22959-5193-7497-b020-92abd750d2bd', 20361, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, 'lv', NULL, '2025-09-30 06:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.024954+00', NULL, NULL, NULL),
	('b7e6aa5a-81bd-499f-88f6-b1251e9d1d68', '01a22959-51ee-768d-ac24-139d17cf7205', '\x93652d1dc4f6498fa98356513f1c075f', '01a22959-5193-7497-b020-92aa0fcae979', 20520, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'en', NULL, '2026-03-08 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.04822+00', NULL, NULL, NULL),
	('e75e3a57-fe56-43fa-84d9-c8f330dc63ee', '01a22959-51ee-768d-ac24-139d17cf7205', '\x954a76f01610c5ad6399655b6195690d', '01a22959-5193-7497-b020-92ad209912a7', 20539, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'new', 'lv', '\x6c7a5d5c5e23a5862c356937ee39194f', '2026-03-27 12:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08ff0204ff02ffffff00', NULL, NULL, NULL, NULL),
	('e895c151-6d0c-49b1-a2b6-5b22b519e6be', '01a22959-51ee-768d-ac24-139d17cf7205', '\xe0fd2a51ceae294d701b43f1c18d59e4', '01a22959-5193-7497-b020-92abd750d2bd', 20443, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', NULL, NULL, '2025-12-21 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a01ff05ff0000010100', NULL, NULL, NULL, NULL),
	('e8a3a570-4324-442f-83d2-7c0dc3f08422', '01a22959-51ee-768d-ac24-139d17cf7205', '\xa81a53eecef0d04a672727bc1378dd89', '01a22959-5193-7497-b020-92ad209912a7', 20461, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'loyal', 'en', '\xe0f221ba54ca1fbce81aee42938b4275', '2026-01-08 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0805ff02000101000100', NULL, NULL, NULL, NULL),
	('e8df1bff-f183-4efb-bb2c-ffcddbb350e6', '01a22959-51ee-768d-ac24-139d17cf7205', '\x22d25dc5d4c8026b8a4926d0b6d4e673', '01a22959-5193-7497-b020-92abd750d2bd', 20521, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', 'lv', NULL, '2026-03-09 01:30:00+00', '2026-11-29 22:07:29.490372+00', '\x060106010001ffffff00', NULL, NULL, NULL, NULL),
	('eb7f1414-f6de-4fbe-8091-5aaf4110b8bc', '01a22959-51ee-768d-ac24-139d17cf7205', '\x4c47885cae6115d6ace23f75a6a57f69', '01a22959-5193-7497-b020-92abd750d2bd', 20374, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'loyal', 'lv', '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2025-10-13 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09fe05ff0201ffffff00', NULL, NULL, NULL, NULL),
	('ed448d4e-ee24-4c43-a43a-b9e212b92a01', '01a22959-51ee-768d-ac24-139d17cf7205', '\xe09c43e39d430ab3e7a8ebac46560c60', '01a22959-5193-7497-b020-92acab8971a8', 20359, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'en', NULL, '2025-09-28 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a020501020001000000', NULL, NULL, NULL, NULL),
	('ed94830c-5226-402f-9ee7-3a4932859a94', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xca063bbfb082762c802e01b4a6e44dc6', '01a22959-5193-7497-b020-92aa0fcae979', 20484, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-01-31 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08', NULL, NULL, NULL, NULL),
	('ee7d0ae2-1451-43c7-bf5e-1d1f1cfb0a06', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x709b70c38644128625e59d5441c607ae', '01a22959-5193-7497-b020-92aa0fcae979', 20363, NULL, NULL, 'EMAIL', 'new', 'en', '\x53cc70969bff18ba809186075cb8e9ae', '2025-10-01 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x02', NULL, NULL, NULL, NULL),
	('eea7bb64-33a7-4568-ae5f-950c0ce5af69', '01a22959-51ee-768d-ac24-139d17cf7205', '\x22e61766daa5a0ef1bc61e760b411b0f', '01a22959-458d-72bc-8303-bf3637a0c371', 20346, NULL, NULL, 'EMAIL', 'loyal', 'en', NULL, '2025-09-15 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06ff01040302ffffff00', NULL, NULL, NULL, NULL),
	('f09c0afb-1ebb-4794-a5f4-56aad6cff718', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8fcaf7df1cdd68a332327ae77cbb5ffb', '01a22959-5193-7497-b020-92acab8971a8', 20355, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', 'lv', '\x402f1631d6134fd058ff8d7151ba2872', '2025-09-24 10:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe07ffff00000100ff', NULL, NULL, NULL, NULL),
	('f1dfcf15-2051-479c-a0aa-77f9975a4e23', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xc48afeb5e339453c8105db833d990f43', '01a22959-5193-7497-b020-92aa0fcae979', 20494, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', '\xe0f221ba54ca1fbce81aee42938b4275', '2026-02-10 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x06', NULL, NULL, NULL, NULL),
	('f20fff4b-26e2-466f-b6ee-baa4d75fc88a', '01a22959-51ee-768d-ac24-139d17cf7205', '\xd47f62cb381ec550efc10440e33221d6', '01a22959-5193-7497-b020-92aa0fcae979', 20470, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'lv', '\xf163280ac0f31a146ec48916f954d399', '2026-01-17 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03ffff030002ffffff00', NULL, NULL, NULL, NULL),
	('f21201e4-eaa3-456c-b5b7-e44863087e52', '01a22959-5228-7308-bd63-eb8d7c406690', '\x5e21fa3772a22632a0adc15eaa557b6b', '01a22959-5193-7497-b020-92abd750d2bd', 20353, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', NULL, 'lv', '\x4bc60b4a0d4e9fadc9d181cfedaba143', '2025-09-22 08:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03', NULL, NULL, NULL, NULL),
	('f4acf0f4-e165-4397-8305-9b326a9a1605', '01a22959-51ee-768d-ac24-139d17cf7205', '\x3fcb75670da5ddce6d08846f70538b3f', '01a22959-5193-7497-b020-92ad209912a7', 20527, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'gold', 'lv', '\x0ea44f3bded34da035cd1780103c6bbd', '2026-03-15 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0aff010204ff010101ff', NULL, NULL, NULL, NULL),
	('f5c475b0-4080-44aa-9a40-e1eb6b1ab7b4', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8eea5d79c45d7e6cce44a6954224e120', '01a22959-5193-7497-b020-92abd750d2bd', 20426, NULL, NULL, 'EMAIL', 'loyal', NULL, '\x144610f34afc535985bf965c85910d73', '2025-12-04 09:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09030402000101000000', NULL, NULL, NULL, NULL),
	('f7ae1f2e-da69-4a88-b713-3e01f87213ce', '01a22959-5228-7308-bd63-eb8d7c406690', '\x9c63bb47f2e7156e48d8ce1df8bb5e69', '01a22959-5193-7497-b020-92ad209912a7', 20458, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'new', 'lv', '\x13510e456a551e0723143e54ec778681', '2026-01-05 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00', NULL, NULL, NULL, NULL),
	('f8a22ee9-c923-4828-9303-03c9f55f81c5', '01a22959-51ee-768d-ac24-139d17cf7205', '\x09b282b7224db4beb1e95c6b81226e1f', '01a22959-5193-7497-b020-92abd750d2bd', 20514, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', 'en', NULL, '2026-03-02 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090502030000ffffff00', NULL, NULL, NULL, NULL),
	('f9e82520-b10b-4b15-9d1c-ebda7e4b9284', '01a22959-51ee-768d-ac24-139d17cf7205', '\x10b47c36d504aff309a0ef4f0603366b', '01a22959-5193-7497-b020-92acab8971a8', 20482, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'lv', '\xee8feea855951e5ccc5db1b60860159f', '2026-01-29 15:30:00+00', '2026-11-29 22:07:29.490372+00', '\x00feff0201ff01010000', NULL, NULL, NULL, NULL),
	('fa281648-9bbd-42ea-b022-7a15e4217251', '01a22959-51ee-768d-ac24-139d17cf7205', '\xdf127bb9900b33833e12b9eb1ae6d7e8', '01a22959-5193-7497-b020-92acab8971a8', 20392, NULL, NULL, NULL, 'new', 'en', '\xab7ccdce06918b6416b949dfd90162ca', '2025-10-31 19:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040104ff00ffffff00', NULL, NULL, NULL, NULL),
	('fcf00fec-b91e-49e5-afe0-9f07cefe2a1f', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xcb38c2a2d961945b59e2c515b930956f', '01a22959-5193-7497-b020-92acab8971a8', 20339, NULL, NULL, 'EMAIL', 'loyal', 'en', '\xacb9d89d8c8a3e345ab4b9ed7a1e3ff4', '2025-09-08 14:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a', NULL, NULL, NULL, NULL),
	('fd6bb14e-b6b7-4139-9ca4-c955ac42e5f1', '01a22959-51ee-768d-ac24-139d17cf7205', '\x67f0ccd14a587fcd8f791f09fa8ae7e2', '01a22959-5193-7497-b020-92aa0fcae979', 20496, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, '\x0da0881dcc391111143a1b61c5c5bcb7', '2026-02-12 20:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a02ffffff0101010100', NULL, NULL, NULL, NULL),
	('04350e88-5c3a-4454-b454-420b203a5834', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x2b6167c47cf1480b60163d846eb68c76', '01a22959-5193-7497-b020-92acab8971a8', 20686, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', NULL, NULL, '2026-08-21 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0301020100020100000000ff', NULL, NULL, NULL, NULL),
	('05d62e9c-0f97-4b15-ab2c-6d11143c7102', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x45244eb14e904fd885ed1b121d05486e', '01a22959-5193-7497-b020-92aa0fcae979', 20698, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', NULL, 'lv', '\xca0f74e442c679d098fe02e2c408e0c7', '2026-09-02 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080503ffff000100010000ff', NULL, NULL, NULL, NULL),
	('05db160b-4b8c-4e3e-9e56-635abd7129c5', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x13e1062bc49dbec7d47dd7137873d573', '01a22959-5193-7497-b020-92abd750d2bd', 20714, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'new', NULL, '\x6c7a5d5c5e23a5862c356937ee39194f', '2026-09-18 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff04ff03010101000000ff', NULL, NULL, NULL, NULL),
	('0773b17c-8292-47e6-a179-79de41885134', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x0e6cc2d23772358398c552bdab0a016f', '01a22959-5193-7497-b020-92abd750d2bd', 20654, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'gold', 'lv', '\xab7ccdce06918b6416b949dfd90162ca', '2026-07-20 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03010103020200000100ffff', NULL, NULL, NULL, NULL),
	('080d7fec-dbba-4e93-81ad-16b584204e1b', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x9c573624f2b03a2f63e6642c97ac771d', '01a22959-5193-7497-b020-92aa0fcae979', 20655, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'en', '\x8fae04caee4713347bff97eec72f13cc', '2026-07-21 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06', NULL, NULL, NULL, NULL),
	('0862a69e-2667-41d8-92f7-b7e1746165e7', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x05cae1550e7366a681ae14d0807f5f27', '01a22959-5193-7497-b020-92aa0fcae979', 20683, NULL, NULL, 'EMAIL', 'loyal', 'en', '\x402f1631d6134fd058ff8d7151ba2872', '2026-08-18 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00fe03ffff00ffffffffffff', NULL, NULL, NULL, NULL),
	('087317ad-9170-4525-ba3c-e8ee8a0a717f', '01a22959-5228-7308-bd63-eb8d7c406690', '\x11f62708e295f5e94b78235b03562dff', '01a22959-5193-7497-b020-92acab8971a8', 20710, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'en', '\x18a640f7677a7aeb006c1dd42506bb67', '2026-09-14 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x04', NULL, NULL, NULL, NULL),
	('08807911-8a4a-4046-b342-27eeaad04564', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd2f2246f16f9f4086e6775c9d5811b2f', '01a22959-5193-7497-b020-92aef602acaa', 20671, NULL, NULL, 'EMAIL', 'new', 'lv', '\xd143d95151b381803aee2f2cb70ada61', '2026-08-06 17:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04070101010100000000ff', NULL, NULL, NULL, NULL),
	('0be95467-cb09-4eee-bb67-50da721471c1', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x1468a9b49bd7d99f45fe88d895e45ad6', '01a22959-5193-7497-b020-92acab8971a8', 20585, NULL, NULL, 'EMAIL', 'gold', 'lv', NULL, '2026-05-11 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03', NULL, NULL, NULL, NULL),
	('0c22f291-537c-4e65-aed1-da2b9116ce21', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x861a617780df79fc74bbf27bb9d0bb37', '01a22959-5193-7497-b020-92acab8971a8', 20583, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', NULL, '\xf163280ac0f31a146ec48916f954d399', '2026-05-10 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x090403ff04000001010000ff', NULL, NULL, NULL, NULL),
	('0d9580f9-dc5d-4c8b-a112-3d4c63b30d35', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x7445355193783616e9ad44b0c5746e00', '01a22959-5193-7497-b020-92acab8971a8', 20733, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'en', NULL, '2026-10-07 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x000207ff01ffffffffff00ff', NULL, NULL, NULL, NULL);
INSERT INTO public.survey_response VALUES
	('0ffccb1d-aa4a-42c0-b588-96ba9688d262', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x0b4b370fe990bd7e793cf8183c54ef0a', '01a22959-5193-7497-b020-92aa0fcae979', 20702, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\xd5de2c21a44a0acef7f090e66a6e5081', '2026-09-06 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0704010403ff0000010000ff', NULL, NULL, NULL, NULL),
	('137b750b-be23-4e23-aeda-74743d9b8bf9', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x7f44ec1fe5a6ea8dae4fc2e9d789d5ec', '01a22959-5193-7497-b020-92a80f5a73cb', 20580, NULL, NULL, 'APP', NULL, 'lv', '\x0614785127bd1a0a5fb35495c7bbbe57', '2026-05-07 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x02', NULL, NULL, NULL, NULL),
	('14ec7c63-6a8e-4052-8443-d4fb8f93f24d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x15ff41ec37a8f3ed27d3ce04c35e2a22', '01a22959-5193-7497-b020-92aef602acaa', 20574, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', NULL, NULL, '2026-05-01 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a040101000000010000ffff', NULL, NULL, NULL, NULL),
	('15d99324-81b6-4225-8792-6e1d25748aed', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x986678324eaf311fbc541a0410b5ecb1', '01a22959-5193-7497-b020-92acab8971a8', 20665, NULL, NULL, NULL, 'loyal', NULL, NULL, '2026-07-31 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07ffff040301ffffffffffff', NULL, NULL, NULL, NULL),
	('1ab51b26-33e7-4a2b-83b3-4f699a9110bb', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5c2ccf0d081e420a89498f51b63f6edc', '01a22959-458d-72bc-8303-bf3637a0c371', 20662, NULL, NULL, 'APP', 'new', 'en', '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-07-28 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03ff0305ff020101010000ff', NULL, NULL, NULL, NULL),
	('1adfd8f5-ff1b-497a-be72-9af0a4b060e2', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x81b9eace13365b8b8469aeda9549e99e', '01a22959-5193-7497-b020-92abd750d2bd', 20718, NULL, NULL, 'EMAIL', NULL, 'lv', NULL, '2026-09-22 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080203040201ffffffff00ff', NULL, NULL, NULL, NULL),
	('1af08d1e-4c78-4f8a-8eeb-7ec2d5864bc1', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x076f8d1327829ead9ec8bbffa1b9649e', '01a22959-5193-7497-b020-92abd750d2bd', 20645, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, 'en', '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-07-11 17:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07fe050102ff0001000000ff', NULL, NULL, NULL, NULL),
	('1bcb0207-78e4-4367-9640-053657246453', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x30429a325429e0f2825c6aff43fba8e0', '01a22959-5193-7497-b020-92abd750d2bd', 20555, NULL, NULL, 'APP', 'gold', 'lv', NULL, '2026-04-12 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x04', NULL, NULL, NULL, NULL),
	('1e0489e7-bd3b-40c4-8abe-ed8f483dd1d0', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xa4f60f4ed03b997ab28b6d92fa646587', '01a22959-5193-7497-b020-92aa0fcae979', 20593, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, '\x25fdaf0621d08b7a683e79758d52364b', '2026-05-20 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x01', NULL, NULL, NULL, NULL),
	('18516374-7baf-44c5-9c6b-3593c5b911a1', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x7eda9a010f6e4d9ba006ed18356325b9', '01a22959-5193-7497-b020-92aa0fcae979', 20650, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, NULL, '2026-07-16 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.94761+00', NULL, NULL, NULL),
	('fcca5359-5a7e-4dbc-949a-5ee04de27deb', '01a22959-51ee-768d-ac24-139d17cf7205', '\x557b0af8429b4a3c9806addb86adfbd1', '01a22959-5193-7497-b020-92aa0fcae979', 20450, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'en', NULL, '2025-12-28 05:30:00+00', '2026-11-29 22:07:29.490372+00', '\xffffffffffffffffffff', '2026-11-29 22:07:30.059871+00', NULL, NULL, NULL),
	('1e3fe52f-a99e-4f2a-81e9-22c083d19841', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x635fce4cb6508cdffc6bf8570818dbdc', '01a22959-5193-7497-b020-92acab8971a8', 20546, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'lv', '\xa7eb4231cd85a1279fe564e91c68b2cb', '2026-04-03 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0903ffff04000101000000ff', NULL, NULL, NULL, NULL),
	('207203a3-553c-463e-9231-57c9c2e1212c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9252caa1525222c3b94dac3bdd82cc05', '01a22959-5193-7497-b020-92aa0fcae979', 20557, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'lv', '\x0ea44f3bded34da035cd1780103c6bbd', '2026-04-14 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09fe0305ffff0101010000ff', NULL, NULL, NULL, NULL),
	('24385ef5-d3c6-4a03-947c-cd7db46a1f45', '01a22959-5201-77c3-9789-160a1f543150', '\xd55a0a85f3a9766aea2f60a710b47765', '01a22959-5193-7497-b020-92acab8971a8', 20715, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', 'en', '\xf8211d282295f2ddf82e250acd6b1c64', '2026-09-19 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\x05', NULL, NULL, NULL, NULL),
	('26ea3e2b-e3a3-496e-9f3b-3e1ddc0aef62', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xad9754b40c3eaa9c57545790e34c7254', '01a22959-5193-7497-b020-92acab8971a8', 20591, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', NULL, NULL, '\x9049494cc00031338c3b4e9b400c0533', '2026-05-18 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('28f81607-1ff2-4d87-8d05-8ba9cbfe7f3f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6b8afab90a56f1b338678115b00f32f8', '01a22959-5193-7497-b020-92aa0fcae979', 20548, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', NULL, '\x8683a0a3183d41015f973bbca24a5f86', '2026-04-05 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x060404ff0201ffffffff00ff', NULL, NULL, NULL, NULL),
	('2b5a7513-85ea-4120-8562-e6508df10674', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x72e15ffda166853f664f78a72b2b4ddf', '01a22959-5193-7497-b020-92aef602acaa', 20709, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'PHONE', 'new', NULL, '\x8f78e890aca723de321234a7ccf62062', '2026-09-13 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0002ffffffff0000010000ff', NULL, NULL, NULL, NULL),
	('2c1d5eca-9f1e-4df0-9178-dbe4b0e98ef1', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x74ebf5093da078f37289100f377edd2f', '01a22959-5193-7497-b020-92aa0fcae979', 20688, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', NULL, '\x6abb25b693b2c6ed346358dab07f8ee7', '2026-08-23 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08ffff0504000100010000ff', NULL, NULL, NULL, NULL),
	('2c5be8b2-2391-4dd5-9f07-f231f6e19425', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x269bc58f761148c165aee79e40437db6', '01a22959-5193-7497-b020-92abd750d2bd', 20596, NULL, NULL, 'APP', 'loyal', 'lv', NULL, '2026-05-23 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a05060100020101000000ff', NULL, NULL, NULL, NULL),
	('2e68fbe3-6b0c-482c-8c0d-25721fbca2f9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xe0f79ec754d5de8aa740a5237bb58e98', '01a22959-5193-7497-b020-92aa0fcae979', 20611, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\x8e02b7f6e569f7e9b75d40c6ffe81338', '2026-06-07 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x060305020200ffffffff00ff', NULL, NULL, NULL, NULL),
	('2ed2360c-812d-4a4e-b534-cdb9bf6cf853', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x63946cd6886ea96deeb74b1ad7d6fb06', '01a22959-5193-7497-b020-92aa0fcae979', 20739, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, '\x587d29610f371fca025f4c6be5eb89b4', '2026-10-13 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07ff0204ff020100000000ff', NULL, NULL, NULL, NULL),
	('3170a904-89a7-4be7-961d-6bf8799c8748', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xa953aa828b5bdb98d20a1021a44f2185', '01a22959-5193-7497-b020-92aa0fcae979', 20568, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', NULL, NULL, NULL, '2026-04-25 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0304020501020001000000ff', NULL, NULL, NULL, NULL),
	('31eb5bdf-afc5-42ab-8a3d-dcf1cd46a41d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5892dbdb7c49871586e5547921df4320', '01a22959-5193-7497-b020-92aef602acaa', 20682, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'PHONE', 'loyal', 'en', '\xe0f221ba54ca1fbce81aee42938b4275', '2026-08-17 01:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080503ff04020101000000ff', NULL, NULL, NULL, NULL),
	('32193a75-0422-4993-a86b-e44c119eb13f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8ed5322fe902dbeb9915d0bd46a0b106', '01a22959-5193-7497-b020-92abd750d2bd', 20641, NULL, NULL, 'EMAIL', 'gold', 'en', NULL, '2026-07-07 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0601060401ff0001000000ff', NULL, NULL, NULL, NULL),
	('32a1d3e9-f5d5-44ea-9a8a-f37f525b13ed', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3434497b0d75015a67610a0cd65aa06f', '01a22959-5193-7497-b020-92acab8971a8', 20656, NULL, NULL, 'APP', NULL, NULL, '\x6368d351267ad6affc49a590ac4db6d9', '2026-07-22 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03040701ff00ffffffffffff', NULL, NULL, NULL, NULL),
	('348d066c-8f7b-4008-9271-1af01fccfb41', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x23bfc1f0277e2236c340d07ff01c43aa', '01a22959-5193-7497-b020-92aa0fcae979', 20615, NULL, NULL, 'EMAIL', 'new', NULL, '\x1e12dd7a85ad4275f4e411fb8f387214', '2026-06-11 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08ff02ffff000100010000ff', NULL, NULL, NULL, NULL),
	('34be43e9-69d6-4dd6-bb16-209256292c3d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1c30d5a15e8153717056e8e7ebdf1e71', '01a22959-5193-7497-b020-92abd750d2bd', 20638, NULL, NULL, 'EMAIL', 'gold', 'en', '\x2c0a38361510c59d75b1bbe8cbb70920', '2026-07-04 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a010401ff020100000000ff', NULL, NULL, NULL, NULL),
	('3666e673-df05-4962-b63c-2c254f87f6de', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x886846f31f60973ce5f02f22d11e7328', '01a22959-5193-7497-b020-92abd750d2bd', 20559, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', NULL, 'lv', '\x83e3bc366963dfc7aeeb6bb83700f9c1', '2026-04-16 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09fe0305010001010100ffff', NULL, NULL, NULL, NULL),
	('371109b3-5aa9-4843-894b-593a50473811', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xad1391bbf26866b05edbbcdf4be7c3c6', '01a22959-5193-7497-b020-92abd750d2bd', 20689, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', NULL, 'en', NULL, '2026-08-24 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('3770471e-8409-46ff-95f6-d97720206059', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xccae9358ac2c13afd3d9d935c387681b', '01a22959-5193-7497-b020-92aa0fcae979', 20695, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', NULL, '\xa0e3df656d01a4b627c1811acffc3095', '2026-08-30 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08ff06ff04020001000000ff', NULL, NULL, NULL, NULL),
	('3830f83a-61ea-4062-a2db-a3bdafb32c4e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x050d0d236f26993b7ed091c7e9ab6ef1', '01a22959-5193-7497-b020-92aa0fcae979', 20726, NULL, NULL, 'EMAIL', NULL, 'lv', '\x13510e456a551e0723143e54ec778681', '2026-09-30 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04ff04ffff01000000ffff', NULL, NULL, NULL, NULL),
	('41a39e86-6d76-4ec0-9ccd-855571aabaa9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4ea2338332679396ee62422b6d4d8504', '01a22959-5193-7497-b020-92aa0fcae979', 20595, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', NULL, '\x362e1757815182c9095fff9a7dbe312d', '2026-05-22 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a0406010302ffffffffffff', NULL, NULL, NULL, NULL),
	('41ae8329-77df-4187-9aa8-712706507c92', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd3e91b6d0f50ed47897e274d2308d50c', '01a22959-5193-7497-b020-92aa0fcae979', 20700, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'en', NULL, '2026-09-03 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03040102010201010100ffff', NULL, NULL, NULL, NULL),
	('435cf72a-fd98-4f53-b120-9a8e8b02f1f1', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc2e79b5f09432f169653ac0b39aabe19', '01a22959-5193-7497-b020-92acab8971a8', 20551, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'lv', NULL, '2026-04-08 01:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00feff0200ff0101010000ff', NULL, NULL, NULL, NULL),
	('44ac3173-b916-4ebd-b2cb-e861953f8018', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4074a153512e3fbe48a90556fe3d6fb9', '01a22959-5193-7497-b020-92aa0fcae979', 20552, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\x8683a0a3183d41015f973bbca24a5f86', '2026-04-09 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a03060100ffffffffff00ff', NULL, NULL, NULL, NULL),
	('44d903d0-a7ef-4efe-8c2f-0a5fa5f5bb1b', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x94ba7bc1fd11a0fd1c55676ce3f74b5c', '01a22959-5193-7497-b020-92acab8971a8', 20613, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'lv', '\xe0f221ba54ca1fbce81aee42938b4275', '2026-06-08 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0603030500010101010000ff', NULL, NULL, NULL, NULL),
	('460f19c8-66bc-4a23-85fd-6d97575ecf92', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4c4c68024f23398caebdd338e5e79cbc', '01a22959-5193-7497-b020-92aef602acaa', 20628, NULL, NULL, NULL, 'loyal', NULL, '\xcbc642939d2852ee896d51617072ab54', '2026-06-24 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x070304010001ffffffffffff', NULL, NULL, NULL, NULL),
	('4b941eab-a8b4-4963-8ae2-e24327c14052', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x215895c7f4c6f0e2b2fbe452375a8c67', '01a22959-5193-7497-b020-92aef602acaa', 20620, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', 'loyal', 'lv', '\xa0e3df656d01a4b627c1811acffc3095', '2026-06-16 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0304070104ff0101000000ff', NULL, NULL, NULL, NULL),
	('4c00038f-218c-4718-a0aa-64f1c29c45db', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6a2ab3539c755d920558113290c90fa1', '01a22959-5193-7497-b020-92aef602acaa', 20753, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'loyal', 'lv', '\x6ba4f4c27396e7a866c3652cf24083d8', '2026-10-27 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00fe03ff02020101010000ff', NULL, NULL, NULL, NULL),
	('4d9a5f90-30fb-449c-ba3e-47cf411b788d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8477761abfc7ace317f5c2e5d83ab579', '01a22959-458d-72bc-8303-bf3637a0c371', 20706, NULL, NULL, NULL, 'gold', NULL, '\xcbc642939d2852ee896d51617072ab54', '2026-09-09 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ffff0204ff01010100ffff', NULL, NULL, NULL, NULL),
	('4f4fda1c-1681-4ca4-bce9-3d36fc12fbc0', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4f7b584d041171a50f4b1da2a52ae013', '01a22959-5193-7497-b020-92acab8971a8', 20704, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', NULL, NULL, '2026-09-08 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x070406ffff00ffffffffffff', NULL, NULL, NULL, NULL),
	('5010da98-3db0-43bb-9602-6405407b0a05', '01a22959-5228-7308-bd63-eb8d7c406690', '\x249302b10e07039e874c9b99b9ee0c53', '01a22959-5193-7497-b020-92aef602acaa', 20575, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', NULL, '\x2c0a38361510c59d75b1bbe8cbb70920', '2026-05-02 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a', NULL, NULL, NULL, NULL),
	('51db6463-d484-4fac-be34-2ce07149269f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5d77673497fc78c0d5a436e83f8131d3', '01a22959-5193-7497-b020-92ad209912a7', 20564, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'PHONE', 'gold', NULL, '\xab7ccdce06918b6416b949dfd90162ca', '2026-04-20 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff02ff0000ffffffff00ff', NULL, NULL, NULL, NULL),
	('523bffe5-14ce-4034-bcfe-22de7df4e9cc', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc65541431dd9bb72a0df48709084f762', '01a22959-5193-7497-b020-92acab8971a8', 20658, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'gold', 'lv', '\xab7ccdce06918b6416b949dfd90162ca', '2026-07-24 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff06ff000101010100ffff', NULL, NULL, NULL, NULL),
	('5241f211-d738-4804-9500-d7af0d6ab2b7', '01a22959-5201-77c3-9789-160a1f543150', '\xe34f5d9f0ed6a7058e90bd9ffab987a8', '01a22959-5193-7497-b020-92abd750d2bd', 20653, NULL, NULL, 'EMAIL', 'gold', 'en', '\x4ae809c27acef3be703384346b1e3aba', '2026-07-19 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x04', NULL, NULL, NULL, NULL),
	('5561ca8c-867d-4d3d-aa95-b25bfa5251f4', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x2670e386c539a6c26482e13b4161436d', '01a22959-5193-7497-b020-92acab8971a8', 20616, NULL, NULL, NULL, NULL, 'lv', NULL, '2026-06-12 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x090306050200ffffffff00ff', NULL, NULL, NULL, NULL),
	('56832189-7a88-4f21-aea1-d994143986df', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1881afe8881d7cf4d4edcbb084277b4e', '01a22959-458d-72bc-8303-bf3637a0c371', 20606, NULL, NULL, 'APP', NULL, NULL, '\x6c3bc22bbd4ea149f2a656440c340c65', '2026-06-02 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a01030200ff01000100ffff', NULL, NULL, NULL, NULL),
	('56de1ee6-ac42-49b3-8b4e-1236ac507d25', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x831358931878ee7416b74da1bf713632', '01a22959-5193-7497-b020-92acab8971a8', 20716, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', NULL, 'lv', NULL, '2026-09-20 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03ff040400020101010000ff', NULL, NULL, NULL, NULL),
	('57ba8e8e-cff6-4431-852a-064578b957cf', '01a22959-5201-77c3-9789-160a1f543150', '\x8d2216d4e7f255263c743dc801ca514c', '01a22959-5193-7497-b020-92aa0fcae979', 20607, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'lv', '\x8f78e890aca723de321234a7ccf62062', '2026-06-03 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('5cb7be88-7a52-466d-a645-3eb6ed2ed9b8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x122c4a4834b21cb7ce43265ed5813f2a', '01a22959-5193-7497-b020-92abd750d2bd', 20701, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'gold', 'en', NULL, '2026-09-05 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07ffff05ff010101010000ff', NULL, NULL, NULL, NULL),
	('5f5415ee-0abc-4504-aa57-6b7a77e3d599', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x56bccf7039d84e328137315bb00844d0', '01a22959-5193-7497-b020-92aef602acaa', 20619, NULL, NULL, 'APP', 'new', 'lv', '\x4bc60b4a0d4e9fadc9d181cfedaba143', '2026-06-15 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06', NULL, NULL, NULL, NULL),
	('5f6a9aea-5629-47e5-a1b6-d52b06aa3925', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x87a56a26329a873165bccc3f497d1e6b', '01a22959-5193-7497-b020-92aa0fcae979', 20564, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\xfbdf1cc77bd2b0b754546f84af1e74cc', '2026-04-21 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09', NULL, NULL, NULL, NULL),
	('62127400-71a5-4ff2-b79d-2faf7cb35dee', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x529c8339f2b97ab7837430ca5a9dab07', '01a22959-5193-7497-b020-92ad209912a7', 20573, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', NULL, 'en', NULL, '2026-04-30 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07fe040301000000010000ff', NULL, NULL, NULL, NULL),
	('62a7599d-54b1-4704-a641-2e8f39917402', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9cb733ee1b0c648672c963d427988d3f', '01a22959-5193-7497-b020-92a80f5a73cb', 20646, NULL, NULL, 'EMAIL', 'new', NULL, '\x446220a66a310ececd7f63f7c45b5462', '2026-07-12 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0705040303020101010000ff', NULL, NULL, NULL, NULL),
	('664cdd18-169f-4d07-92ff-4119a3903658', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf271913a2899075d025df5c4bb9e3ea8', '01a22959-5193-7497-b020-92aef602acaa', 20668, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', NULL, NULL, NULL, '2026-08-03 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0301070201010101000000ff', NULL, NULL, NULL, NULL),
	('66e929c5-deb7-44b5-aee2-b65d56106376', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x77593de18295234ea809165283d312ea', '01a22959-5193-7497-b020-92aef602acaa', 20722, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', 'lv', '\xd51e7d6fee72c605aa6186155356f480', '2026-09-26 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\x070507ffffff0100000000ff', NULL, NULL, NULL, NULL),
	('68ca55fc-899a-4dec-a675-a29e710ece83', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9fa581ae220d3eb963b81e2ebc072def', '01a22959-5193-7497-b020-92abd750d2bd', 20599, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', 'lv', '\xd75f25335c74eaa1e5c72aa888408b7a', '2026-05-26 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04ff010000ffffffff00ff', NULL, NULL, NULL, NULL),
	('692f4034-9616-46fd-8cd1-a8f3c79f06bd', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1746982dd13fab67af8fc27a7bd9c12e', '01a22959-5193-7497-b020-92aef602acaa', 20585, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', 'en', '\x05b6f8d4089782cc4662493c21003951', '2026-05-12 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0801ffff00010100010000ff', NULL, NULL, NULL, NULL),
	('697e11f4-cf70-4c73-b5d9-a12c76a5ea82', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x34cfd2ec6aa0b6c36fcae0d795942d3e', '01a22959-5193-7497-b020-92acab8971a8', 20657, NULL, NULL, 'EMAIL', NULL, 'lv', '\x555e0e66f75ca9e0a10463a7f91209ac', '2026-07-23 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a020703ffff00000100ffff', NULL, NULL, NULL, NULL),
	('69898559-64d2-4f92-ad0e-944010b0b05f', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x92d2aea9517e9e0bf1df285b9aea6505', '01a22959-5193-7497-b020-92aa0fcae979', 20752, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', NULL, '\x71e59256a64e00596794f787ed5a4b92', '2026-10-26 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('69df3e7e-b904-410a-a0db-3020c9da71b5', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x507049d6b17d3c58d8e15788efd55f9b', '01a22959-5193-7497-b020-92a80f5a73cb', 20570, NULL, NULL, 'EMAIL', 'new', 'lv', NULL, '2026-04-27 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0804ff02020100010100ffff', NULL, NULL, NULL, NULL),
	('6a944bae-e940-4164-8e19-ccce430591ba', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xc66972ea47e23eb903f9fb18267259e1', '01a22959-5193-7497-b020-92aef602acaa', 20736, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', 'new', 'lv', '\x384205ca7b5083060887c52ed10a2ee6', '2026-10-10 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06', NULL, NULL, NULL, NULL),
	('6c212283-db48-4b2f-a764-aa723d89765a', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb00ecd402c1d1f79148cc52e537885bd', '01a22959-5193-7497-b020-92acab8971a8', 20558, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'en', '\x18a640f7677a7aeb006c1dd42506bb67', '2026-04-15 12:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0aff0205ff0001000000ffff', NULL, NULL, NULL, NULL),
	('6cf76eae-f037-440b-8938-ab85d30f991d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x85e0cd4426208b5255e894bf3746a85c', '01a22959-5193-7497-b020-92acab8971a8', 20733, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, 'lv', '\x8683a0a3183d41015f973bbca24a5f86', '2026-10-06 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07050102040201000100ffff', NULL, NULL, NULL, NULL),
	('6fe56550-930d-4e32-afc8-175e4a1641fe', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x2a4febe9d465f04d207cf8d6c53836b3', '01a22959-5193-7497-b020-92aef602acaa', 20576, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', 'en', '\x555e0e66f75ca9e0a10463a7f91209ac', '2026-05-03 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0afe05ff02ffffffffffffff', NULL, NULL, NULL, NULL),
	('706a11b7-889a-460a-914b-197966a15c1c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4238bf79cb9ec28d8315b742c57a1b96', '01a22959-5193-7497-b020-92abd750d2bd', 20742, NULL, NULL, 'EMAIL', 'new', NULL, NULL, '2026-10-16 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0301ff010200ffffffff00ff', NULL, NULL, NULL, NULL),
	('740b9cd7-c33a-4fd1-90ce-fd4f28c92936', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x2460674f9e42b6bf015edef1c4c6e827', '01a22959-5193-7497-b020-92abd750d2bd', 20600, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, NULL, '\xb0136e3af9f56b934367b18baaea358f', '2026-05-27 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0704070300000101010000ff', NULL, NULL, NULL, NULL),
	('7668357a-c42a-445e-a98b-574967afca20', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf1dd72688574bc1263c4a9d961fbd5c6', '01a22959-5193-7497-b020-92abd750d2bd', 20748, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'new', NULL, NULL, '2026-10-22 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06050302ff010000010000ff', NULL, NULL, NULL, NULL),
	('76ae7782-d9e6-4599-8dc5-b596962ad870', '01a22959-5201-77c3-9789-160a1f543150', '\xf90e6efb077e990c689091b52c347763', '01a22959-5193-7497-b020-92aa0fcae979', 20748, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\xb85b84ee1b9b686f70bf8c25dabe2f13', '2026-10-21 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00', NULL, NULL, NULL, NULL),
	('775a0ad7-3b4a-4192-a957-f14234c7eb90', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6c2201ca1f6f7f7d8069ebefba7bdcea', '01a22959-5193-7497-b020-92aef602acaa', 20681, NULL, NULL, NULL, 'gold', NULL, NULL, '2026-08-16 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07ff0504ffff00010100ffff', NULL, NULL, NULL, NULL),
	('77eb3edb-7a15-4ebe-95db-f92e71f31321', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xcb3f4bc74ff2a76f0322751cb22512fc', '01a22959-5193-7497-b020-92acab8971a8', 20746, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, NULL, NULL, '2026-10-20 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x000103ff0301ffffffffffff', NULL, NULL, NULL, NULL),
	('7968225e-4393-44ba-a009-a144ce9a057f', '01a22959-5201-77c3-9789-160a1f543150', '\x20fc996d2fbf4ac56c6fb4d360b22500', '01a22959-5193-7497-b020-92aa0fcae979', 20678, NULL, NULL, 'EMAIL', NULL, 'lv', NULL, '2026-08-13 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x02', NULL, NULL, NULL, NULL),
	('79a4cfc6-feb2-43e8-90dc-1bbe6f539849', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x66a1c8fd36ecf709debe8891c510ee3d', '01a22959-5193-7497-b020-92aa0fcae979', 20633, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', 'en', '\x924e4ebf5fe6f4e7c0f879d6f5aa39c5', '2026-06-29 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a0507ff0100ffffffff00ff', NULL, NULL, NULL, NULL),
	('7ce0aba5-ac2e-4ff1-b384-46d82267a887', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x189fcda44f8b91f36eb93cf9b30d5479', '01a22959-5193-7497-b020-92aa0fcae979', 20734, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', NULL, '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2026-10-08 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0aff0703ffff0001000000ff', NULL, NULL, NULL, NULL),
	('7d796357-2c7b-4c28-be24-8478a5bd10bf', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb628378ba2f22400b2067fcba4a016c4', '01a22959-5193-7497-b020-92abd750d2bd', 20751, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', NULL, 'en', NULL, '2026-10-25 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a0503ffff0101010000ffff', NULL, NULL, NULL, NULL),
	('7f3cb282-0acc-4cee-acfa-91b566c7ea4a', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x29b310957a2d611409b1728120c7acbf', '01a22959-5193-7497-b020-92aa0fcae979', 20563, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x66d3078b9d076c7018839b3bb06148cf', '2026-04-19 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0703030504000000010000ff', NULL, NULL, NULL, NULL),
	('7f6da50b-ddf0-4b92-9432-a62a4d5a47ee', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb18b8b4aab2e7886a208f7b4f2af45ac', '01a22959-5193-7497-b020-92acab8971a8', 20675, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'loyal', 'lv', '\xdcaa0d7cc05b14a1f30f8554bc6c5ea1', '2026-08-10 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x060403ff01000001000000ff', NULL, NULL, NULL, NULL),
	('7f82621d-9468-45db-aca0-194e0b366b9e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x98af51517488a2024bea58fc02bcf69d', '01a22959-5193-7497-b020-92acab8971a8', 20721, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'gold', 'lv', '\x7b20cde13ba4ba58128fb29e867371ff', '2026-09-25 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0901ffffffffffffffff00ff', NULL, NULL, NULL, NULL),
	('7fa8e60c-23ed-499b-b844-4c22fb4db4eb', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5e4dbb66717229fdc0b378921f3aa1f4', '01a22959-5193-7497-b020-92aa0fcae979', 20545, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'gold', 'lv', '\x14d75e84d2258ae961266158c0263175', '2026-04-02 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x030502ff01ff0001010000ff', NULL, NULL, NULL, NULL),
	('7febaf07-10c3-42e5-b56f-f6b09ee6ab0e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x57a49831e4dcab5654d26e58a8e9e799', '01a22959-5193-7497-b020-92aa0fcae979', 20586, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x8f78e890aca723de321234a7ccf62062', '2026-05-13 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ffff05020201010100ffff', NULL, NULL, NULL, NULL),
	('80192e39-5d27-4295-b85c-85e4e60c38e3', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x5d0c37712a23a10e32ab2908ae6df7e9', '01a22959-5193-7497-b020-92abd750d2bd', 20663, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'loyal', 'lv', NULL, '2026-07-29 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x05', NULL, NULL, NULL, NULL),
	('84d352b4-4efa-480f-919e-3f9b39cd7117', '01a22959-5228-7308-bd63-eb8d7c406690', '\xb1aceb42583f4cfd82c55b86b1577949', '01a22959-5193-7497-b020-92aef602acaa', 20597, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'new', 'en', NULL, '2026-05-24 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x04', NULL, NULL, NULL, NULL),
	('87b41825-9167-422c-a463-a48c27da0c73', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4d287d917987bfba3602718983d34542', '01a22959-5193-7497-b020-92aa0fcae979', 20581, NULL, NULL, 'APP', 'new', 'en', NULL, '2026-05-08 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03ff0204ff000101000000ff', NULL, NULL, NULL, NULL),
	('87bbc226-18ea-493c-9af1-038376f7e749', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xe234bcf759f48018edcd73ad0c622b8c', '01a22959-5193-7497-b020-92aef602acaa', 20673, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'PHONE', 'new', 'lv', '\x6abb25b693b2c6ed346358dab07f8ee7', '2026-08-08 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\x030402ffff020100010000ff', NULL, NULL, NULL, NULL),
	('883111b8-fbf7-496a-a810-52d75db49b01', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xadc1c4a561840b6c00f67a745d04f690', '01a22959-5193-7497-b020-92a80f5a73cb', 20560, NULL, NULL, 'EMAIL', 'gold', 'en', '\x0f51d824c84a739a973e1face4bef7aa', '2026-04-17 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09040403ffff0000010000ff', NULL, NULL, NULL, NULL),
	('891d793d-2178-43c9-bcfa-8f3e8600d020', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x30a935a5132fac5cfc92e41029c70dd3', '01a22959-5193-7497-b020-92acab8971a8', 20606, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', 'en', '\xab7ccdce06918b6416b949dfd90162ca', '2026-06-01 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff040204020101010000ff', NULL, NULL, NULL, NULL),
	('8a156b20-9a4e-4545-87c2-6b714ef3c0f2', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x232a515fa607ed257f5480bb6db3e7e6', '01a22959-5193-7497-b020-92aa0fcae979', 20627, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'en', '\xbca2ad731fee196d83f44da7f559b4ec', '2026-06-23 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03', NULL, NULL, NULL, NULL),
	('8b76d672-b694-4a43-9301-377917a67dc2', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xef27930348fac0dc021248c74858cecc', '01a22959-5193-7497-b020-92aa0fcae979', 20633, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, NULL, '\x25fdaf0621d08b7a683e79758d52364b', '2026-06-28 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03ff030201020101000000ff', NULL, NULL, NULL, NULL),
	('8f74bbf4-6c55-429c-90b3-fe676545fc25', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x180ddd27f5febb29862c52b44bb56488', '01a22959-5193-7497-b020-92acab8971a8', 20645, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', NULL, 'lv', '\xd8975115a7f333b9b74e426f1e6dbcc5', '2026-07-10 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0603ff0303020101010000ff', NULL, NULL, NULL, NULL),
	('8fa772ee-ebb1-41a0-b212-802eadbb9474', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd2642a44eb62f2dae8f601fc23026bc6', '01a22959-458d-72bc-8303-bf3637a0c371', 20604, NULL, NULL, 'EMAIL', 'loyal', 'en', '\xacb9d89d8c8a3e345ab4b9ed7a1e3ff4', '2026-05-30 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0003020202000101010000ff', NULL, NULL, NULL, NULL),
	('90dba78d-d6e0-4c68-b2a5-9cb9c8f902a3', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6d6ac031dd39cf0dcd47cf430a040254', '01a22959-5193-7497-b020-92aa0fcae979', 20553, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', NULL, '\x6ba4f4c27396e7a866c3652cf24083d8', '2026-04-10 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a05ff02ff0201010100ffff', NULL, NULL, NULL, NULL),
	('92bd2be0-5e70-45f2-8484-89f5115e60e1', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x2205bd0b39bc375427654bab28fe5add', '01a22959-5193-7497-b020-92aef602acaa', 20680, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'loyal', 'lv', '\xf67d5b70e72cc807708de103660e925f', '2026-08-15 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0801020502020001000000ff', NULL, NULL, NULL, NULL),
	('6ad9a432-1568-44a3-ab73-73459f6c7c77', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x7cdfb9c58feb49d28ab5726e1edf1055', '01a22959-5193-7497-b020-92aa0fcae979', 20712, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', NULL, NULL, '2026-09-16 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.927612+00', NULL, NULL, NULL),
	('7d702d8d-f36c-47f5-a00f-6c2475d1b106', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6d9da87d339e4b089c78c053be66733c', '01a22959-5193-7497-b020-92acab8971a8', 20724, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'new', 'en', NULL, '2026-09-27 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:30.015276+00', NULL, NULL, NULL),
	('710e4688-61c7-4f53-859b-2fe84bd92fd8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb4738359369c48acbaa53dff28391dc2', '01a22959-5193-7497-b020-92ad209912a7', 20573, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'post-purchase', 'EMAIL', 'gold', 'en', NULL, '2026-04-29 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:30.114411+00', NULL, NULL, NULL),
	('95057632-931f-4908-adbb-9680ded08001', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xa75e16262eaa5bcc077cc96ccf10e2b0', '01a22959-5193-7497-b020-92acab8971a8', 20669, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', 'en', '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-08-04 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06', NULL, NULL, NULL, NULL),
	('986a39b4-2224-4ea1-89be-ecabafff6898', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x71bc087f893f01250f4dde5a0df0acc9', '01a22959-5193-7497-b020-92acab8971a8', 20728, NULL, NULL, 'APP', 'new', 'en', '\x384205ca7b5083060887c52ed10a2ee6', '2026-10-02 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x060207ff03ff0101010000ff', NULL, NULL, NULL, NULL),
	('995ee945-8609-430e-be36-3344d71732a7', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd41415146ad02882a522aa4b6e90e4d1', '01a22959-5193-7497-b020-92aa0fcae979', 20755, NULL, NULL, 'APP', 'new', 'en', '\x8fae04caee4713347bff97eec72f13cc', '2026-10-29 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a02ff0404000001010000ff', NULL, NULL, NULL, NULL),
	('9b1e12fb-0b38-47f0-ba40-2894d88cd752', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xa14cce2c502bc289c39c7045e0c185ca', '01a22959-5193-7497-b020-92aef602acaa', 20609, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', NULL, 'lv', NULL, '2026-06-04 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0aff02020100ffffffff00ff', NULL, NULL, NULL, NULL),
	('9ca6344a-db3e-4b9d-9077-feadf235c110', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8e8e2bb475e93d78e05847d09c923e67', '01a22959-5193-7497-b020-92aa0fcae979', 20578, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'lv', '\xee8feea855951e5ccc5db1b60860159f', '2026-05-05 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0903060101ff0000010000ff', NULL, NULL, NULL, NULL);
INSERT INTO public.survey_response VALUES
	('9d52b003-35eb-49c1-bb79-b50b3b0c9fe8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1b8255d7e50b3a55ca7d7b7dd4d64da2', '01a22959-5193-7497-b020-92aa0fcae979', 20756, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', NULL, '\x2f06b0ad8fd1a2aaab665fb955581ac9', '2026-10-30 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09050601030201010000ffff', NULL, NULL, NULL, NULL),
	('9ef2b810-f33e-4dbd-b411-ae27ffd6f298', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x30ba1f9744d64f11e1fe69d9807ee54a', '01a22959-5193-7497-b020-92aa0fcae979', 20660, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'loyal', 'en', '\x6ba4f4c27396e7a866c3652cf24083d8', '2026-07-26 01:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03fe050102010101010000ff', NULL, NULL, NULL, NULL),
	('9f9ce40e-af45-4db4-a057-4ae4e1ae413d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4013a1fa3a2e1acaf821f5f8ee8ef4d1', '01a22959-5193-7497-b020-92a80f5a73cb', 20625, NULL, NULL, NULL, 'loyal', NULL, '\xcc197671bb991338600f493e305d3d42', '2026-06-21 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a010604000000010100ffff', NULL, NULL, NULL, NULL),
	('a2bd1c9f-1de9-4833-a83d-eff6cb984ad0', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xce83394cabaeca9aa85dec61e00d8978', '01a22959-5193-7497-b020-92a80f5a73cb', 20697, NULL, NULL, 'EMAIL', 'gold', NULL, '\x4bc60b4a0d4e9fadc9d181cfedaba143', '2026-09-01 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a', NULL, NULL, NULL, NULL),
	('a3fea425-4de4-4008-84a0-ca36ffdf16f2', '01a22959-5201-77c3-9789-160a1f543150', '\x7cfbe241ac84185a42e2674296919471', '01a22959-5193-7497-b020-92aa0fcae979', 20696, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', 'lv', '\xf6b0242f3e4fe7eda4b9526cc3a1a3b8', '2026-08-31 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('a828eae1-4f58-4659-bfcd-9e23f490d2f4', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x70954c3a76a4976447ff76514898e6b7', '01a22959-5193-7497-b020-92aa0fcae979', 20685, NULL, NULL, 'EMAIL', 'loyal', NULL, NULL, '2026-08-20 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0003ff050301ffffffff00ff', NULL, NULL, NULL, NULL),
	('aa54ad35-28d1-48f7-9128-ed2df88a8457', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x531eadff77f77d99d2da2ef3ad2dcd78', '01a22959-5193-7497-b020-92aa0fcae979', 20693, NULL, NULL, NULL, NULL, 'lv', '\xfbdf1cc77bd2b0b754546f84af1e74cc', '2026-08-28 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0802ff0203010100000000ff', NULL, NULL, NULL, NULL),
	('aab11a1c-94fe-48ff-ab65-1b40b5b3d2c8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8386981e1623c0260b9e84bf07755dfa', '01a22959-458d-72bc-8303-bf3637a0c371', 20582, NULL, NULL, 'EMAIL', 'gold', NULL, NULL, '2026-05-09 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x070205ffff010101010000ff', NULL, NULL, NULL, NULL),
	('abf68c85-57dc-4f50-a633-60f22921988d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6727f8d3376f4e24c3e1a0bbebfc4bd0', '01a22959-5193-7497-b020-92acab8971a8', 20740, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', NULL, NULL, '\xca0f74e442c679d098fe02e2c408e0c7', '2026-10-14 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x000103ffff020101010000ff', NULL, NULL, NULL, NULL),
	('ad36383f-58d1-4ebb-8a1c-97cd58e6821d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x85322dc25a73ba03366bd37e16c6b082', '01a22959-5193-7497-b020-92abd750d2bd', 20667, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'loyal', 'lv', NULL, '2026-08-01 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07050404ffff00010100ffff', NULL, NULL, NULL, NULL),
	('ae131f79-1a58-4f4c-bfca-a817eb7a54c0', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xf7a405793b6c729478821d349b740354', '01a22959-5193-7497-b020-92aef602acaa', 20623, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', 'new', 'en', NULL, '2026-06-19 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x02', NULL, NULL, NULL, NULL),
	('aea006f6-b35d-4e43-a4f7-31b47693a39d', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\x0a988801426ab3913206d0aa25c5e032', '01a22959-5193-7497-b020-92aa0fcae979', 20667, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'gold', 'en', '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-08-02 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x05', NULL, NULL, NULL, NULL),
	('aef3340f-fc4d-474a-9d9f-a6c2893c2c60', '01a22959-5228-7308-bd63-eb8d7c406690', '\x39b0241ae9b15023e0e22aa45479c4b9', '01a22959-5193-7497-b020-92aa0fcae979', 20731, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\xca0f74e442c679d098fe02e2c408e0c7', '2026-10-05 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('af1d8eaa-8bba-4855-abcd-9025cc35021a', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb0f8eeed211048d5cd86f4bdc59c073e', '01a22959-5193-7497-b020-92aa0fcae979', 20737, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, NULL, '\x0f51d824c84a739a973e1face4bef7aa', '2026-10-11 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04070402010101010000ff', NULL, NULL, NULL, NULL),
	('af864af6-428e-4b9e-907e-2fc000a1e4b4', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf30db885bb9f0a0b30dfe83d9c872ab3', '01a22959-5193-7497-b020-92aef602acaa', 20640, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', 'new', 'en', '\x218ea0002226463cab46bdc6587af60d', '2026-07-06 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0aff04ff03000000010000ff', NULL, NULL, NULL, NULL),
	('b17d8d60-e14e-4948-8111-fc488a0b86f8', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x574cd5a185c5304404ab1bb0c40bc872', '01a22959-5193-7497-b020-92aef602acaa', 20674, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'PHONE', NULL, 'lv', '\x426f9d326070bf99ca936da48d3bdce4', '2026-08-09 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('b1c62c4f-51ea-431f-993b-6034cdc0a900', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb3ee370cdf2ae7376e6ab04b798f2801', '01a22959-5193-7497-b020-92aa0fcae979', 20690, NULL, NULL, NULL, 'new', 'en', NULL, '2026-08-25 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07fe030301020100010000ff', NULL, NULL, NULL, NULL),
	('b6b8b6ad-194b-4ac4-b157-ecb971d588dc', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xcff2bfb781023f7e6e8624e89d5c76d6', '01a22959-5193-7497-b020-92aa0fcae979', 20739, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'lv', '\x582bfc3b5bdeb1a026f48f4e7720890f', '2026-10-12 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a02010502000000010000ff', NULL, NULL, NULL, NULL),
	('b77e7449-bf83-45dd-be14-472c855aa737', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x294f1f00412f6a6aa75631168285b9da', '01a22959-458d-72bc-8303-bf3637a0c371', 20550, NULL, NULL, 'EMAIL', 'new', 'en', '\xcc7711136298db75abd25fa2f37e8c3f', '2026-04-07 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0304060302010101010000ff', NULL, NULL, NULL, NULL),
	('b7ba47ae-550a-4f4a-9ca1-9e1be553145a', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xafe4919df3365a77fc48c3ce54c3ce98', '01a22959-5193-7497-b020-92aef602acaa', 20750, NULL, NULL, 'APP', NULL, 'lv', '\x552c21a40cea79dd75495c3089c2576b', '2026-10-23 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00feffff01ff0101010000ff', NULL, NULL, NULL, NULL),
	('b912af89-5c91-4d20-bf66-00ba36d04e1c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc514af2fdfe872250af2c44102702727', '01a22959-5193-7497-b020-92acab8971a8', 20717, NULL, NULL, 'APP', 'loyal', 'lv', '\x218ea0002226463cab46bdc6587af60d', '2026-09-21 18:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04060201000101010000ff', NULL, NULL, NULL, NULL),
	('bb387082-7e5b-4b60-bfdc-eeff50beb80d', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x4456b2282ca6893fdd91e674fc10335a', '01a22959-5193-7497-b020-92aa0fcae979', 20598, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', 'lv', '\x587d29610f371fca025f4c6be5eb89b4', '2026-05-25 12:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('bb956931-cd39-4ab6-b177-546ac2109817', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf2febecbe9dd0525eb0d8d94879d2a77', '01a22959-5193-7497-b020-92aa0fcae979', 20602, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'gold', 'lv', NULL, '2026-05-29 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080204030001ffffffffffff', NULL, NULL, NULL, NULL),
	('bdce4d90-fbf6-454d-9ade-2f59288775af', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9030f56ee64038c7ebc8612593a38f9f', '01a22959-5193-7497-b020-92aef602acaa', 20661, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', NULL, NULL, '\x66d3078b9d076c7018839b3bb06148cf', '2026-07-27 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0904040100010101010000ff', NULL, NULL, NULL, NULL),
	('bec1bd29-c418-457d-80e8-ae2d9fcaddb9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd72b45ff741eb4a1257c6a1d09fe4e45', '01a22959-5193-7497-b020-92aa0fcae979', 20566, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'gold', 'en', NULL, '2026-04-23 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07ff070201010001000000ff', NULL, NULL, NULL, NULL),
	('bf597c79-c255-4e21-a697-ba72dba7ca9c', '01a22959-5201-77c3-9789-160a1f543150', '\x5fe4c12078fd1523e46994fdaf4be10f', '01a22959-5193-7497-b020-92acab8971a8', 20624, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'gold', NULL, '\x48a1f8c4275e891db570145694ae8d1d', '2026-06-20 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x05', NULL, NULL, NULL, NULL),
	('c060d8d5-aa6e-4349-81b7-ab51b41a63b5', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xfaf2f302358504286c2f57f1578f02d5', '01a22959-5193-7497-b020-92aa0fcae979', 20750, NULL, NULL, 'APP', NULL, 'lv', NULL, '2026-10-24 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('c09f8d18-b219-476e-9a81-728dc7aca911', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x15f553b0ef149a3bc26444976cf82c75', '01a22959-5193-7497-b020-92aef602acaa', 20642, NULL, NULL, 'EMAIL', 'new', 'en', '\x0ea44f3bded34da035cd1780103c6bbd', '2026-07-08 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ffff0100ff01000000ffff', NULL, NULL, NULL, NULL),
	('c2b7a628-8fa1-42a1-9998-e513a233771c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xe160fb10519b7ac9b249eca3801d6916', '01a22959-5193-7497-b020-92acab8971a8', 20602, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'en', '\xb85b84ee1b9b686f70bf8c25dabe2f13', '2026-05-28 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0605ff05ff010101010000ff', NULL, NULL, NULL, NULL),
	('c3120472-b25b-4b3d-88f2-412e12d0cee6', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x086112a48ec06f758d648e0349a2c2ca', '01a22959-5193-7497-b020-92abd750d2bd', 20679, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', 'lv', '\xd8895cbf5b8c6afa1bbcf5e1953c6286', '2026-08-14 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ff070101010001000000ff', NULL, NULL, NULL, NULL),
	('c5ed66b9-2e93-49b1-8435-455ce5f9772e', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xf03194cc95ca63c0dcd940090f14be38', '01a22959-5193-7497-b020-92abd750d2bd', 20590, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-05-17 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x02', NULL, NULL, NULL, NULL),
	('c623989b-1508-4991-8282-412d11cae7b9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc9bff9390146491bf4de66c50daae352', '01a22959-5193-7497-b020-92aa0fcae979', 20549, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', NULL, NULL, '2026-04-06 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ff0205ffff0101000000ff', NULL, NULL, NULL, NULL),
	('c6bc467c-4686-475d-af68-609a2c909410', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x279a9af067eb696db07c10d294c64ece', '01a22959-5193-7497-b020-92aa0fcae979', 20707, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', NULL, 'en', NULL, '2026-09-11 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ff05ff02ff0001010000ff', NULL, NULL, NULL, NULL),
	('c6df093c-bc04-471f-a315-351860320fec', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc6d243b5305775425d372dca8c77dede', '01a22959-458d-72bc-8303-bf3637a0c371', 20743, NULL, NULL, 'APP', 'new', 'en', NULL, '2026-10-17 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x060303010401ffffffff00ff', NULL, NULL, NULL, NULL),
	('c97d7815-b7d2-4fb2-b5a0-54672411da16', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xb650f7895346a0490e7a409b5df9095c', '01a22959-5193-7497-b020-92acab8971a8', 20649, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, NULL, NULL, '2026-07-15 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a010202040000010000ffff', NULL, NULL, NULL, NULL),
	('ca90a6f0-9f7e-4014-ab01-92746bb55b8f', '01a22959-5201-77c3-9789-160a1f543150', '\xa458094767e60e6817d799e14621c7d8', '01a22959-5193-7497-b020-92aa0fcae979', 20604, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', 'lv', '\xab7ccdce06918b6416b949dfd90162ca', '2026-05-31 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03', NULL, NULL, NULL, NULL),
	('a45a6734-2608-4fe4-986d-b6a144db8169', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3c70bd90965d47ee9db2927e388313d1', '01a22959-5193-7497-b020-92acab8971a8', 20639, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-07-05 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.937844+00', NULL, NULL, NULL),
	('9b759ea8-8316-4d9a-b2e8-c5a6b54359fa', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x642f85e210823a8712ef1dc19846d1e5', '01a22959-5193-7497-b020-92aa0fcae979', 20707, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', 'lv', '\xacb9d89d8c8a3e345ab4b9ed7a1e3ff4', '2026-09-10 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0afe0204000201010100ffff', NULL, NULL, NULL, '2026-11-29 22:07:29.862293+00'),
	('cbaa517c-efe5-4e9a-b4af-92da2e1b5d47', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xb08752746d96545740476473d7db5402', '01a22959-5193-7497-b020-92aa0fcae979', 20621, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'loyal', NULL, '\xf6b0242f3e4fe7eda4b9526cc3a1a3b8', '2026-06-17 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('ccb7b8b7-c8a7-423b-bf6b-e902bdfc629e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8aea6ad01b24dc7bf9565b9c996b661b', '01a22959-5193-7497-b020-92aef602acaa', 20631, NULL, NULL, 'EMAIL', NULL, 'en', '\x13510e456a551e0723143e54ec778681', '2026-06-27 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00feff0504020101000000ff', NULL, NULL, NULL, NULL),
	('cd7018b5-31a4-470a-8e34-375b8332233f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc923e05eeb290e4d7e563610f99dd007', '01a22959-5193-7497-b020-92aef602acaa', 20670, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'PHONE', 'new', 'lv', '\xf26561ed6ad76ee7818ee4e5f39e0b47', '2026-08-05 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ff05ffff02ffffffffffff', NULL, NULL, NULL, NULL),
	('ce2c567d-f456-4ce0-a44e-667596328de7', '01a22959-5201-77c3-9789-160a1f543150', '\x39c6ba387ebfb8f08c6cb888a11a067a', '01a22959-5193-7497-b020-92aa0fcae979', 20588, NULL, NULL, 'APP', NULL, NULL, '\x6ba4f4c27396e7a866c3652cf24083d8', '2026-05-15 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08', NULL, NULL, NULL, NULL),
	('cf804539-ea4f-4c3e-a067-569c38a8b3ce', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xcc2c460d4ab19c43b340703ede2408da', '01a22959-5193-7497-b020-92acab8971a8', 20687, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', 'gold', 'lv', '\x384205ca7b5083060887c52ed10a2ee6', '2026-08-22 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a', NULL, NULL, NULL, NULL),
	('cf899ad1-0168-42c9-ad2e-e9af8d954332', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x0a59a5b1f7ad33ba87a2ffb225f11d39', '01a22959-5193-7497-b020-92a80f5a73cb', 20565, NULL, NULL, 'EMAIL', 'new', NULL, '\x2c0a38361510c59d75b1bbe8cbb70920', '2026-04-22 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a02030304ff0101010000ff', NULL, NULL, NULL, NULL),
	('d30adbc7-778b-4b79-8c2a-d855301924c8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4e5af007a5bc7362e43cec9d0a6b417d', '01a22959-458d-72bc-8303-bf3637a0c371', 20665, NULL, NULL, NULL, 'gold', NULL, '\xd75f25335c74eaa1e5c72aa888408b7a', '2026-07-30 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0602ff04ff000101000000ff', NULL, NULL, NULL, NULL),
	('d32314f0-4a8a-43fa-bc59-2d443fa281ee', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xcebbb3128ffc90d12f80d0cde7973ac9', '01a22959-5193-7497-b020-92aef602acaa', 20617, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', NULL, 'en', '\x924e4ebf5fe6f4e7c0f879d6f5aa39c5', '2026-06-13 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0304ff030300ffffffff00ff', NULL, NULL, NULL, NULL),
	('d6a74d4e-fd92-46b3-9b32-daa2703afe36', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x78a30e64e0c3d49933d5bec1fa8e4a0f', '01a22959-5193-7497-b020-92abd750d2bd', 20637, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', NULL, '\x6abb25b693b2c6ed346358dab07f8ee7', '2026-07-02 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0803ffff00ff01010100ffff', NULL, NULL, NULL, NULL),
	('da29eaee-ce42-414f-b3b4-575232e92779', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf169d5dd3cf618d658d390eb81f22a45', '01a22959-5193-7497-b020-92abd750d2bd', 20619, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', 'en', '\x48a1f8c4275e891db570145694ae8d1d', '2026-06-14 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a02ff0504010101010000ff', NULL, NULL, NULL, NULL),
	('db2298a2-b0ce-48f3-be8a-feba94b4b51f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xae296d2546e5f5c5a8f040c967b8a45e', '01a22959-458d-72bc-8303-bf3637a0c371', 20684, NULL, NULL, 'EMAIL', NULL, 'lv', '\x2f06b0ad8fd1a2aaab665fb955581ac9', '2026-08-19 02:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08ff0302ff0201000000ffff', NULL, NULL, NULL, NULL),
	('dc61728a-48c6-4c16-9c07-f353d926fde7', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\x1f5206678712b37ea8bf993af1981557', '01a22959-5193-7497-b020-92aef602acaa', 20648, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', NULL, 'en', '\x402f1631d6134fd058ff8d7151ba2872', '2026-07-14 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('dc84e29a-8e67-4e6e-9b6b-55a6eca9c388', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9f7924f59d3633625f763b52f5ee98a5', '01a22959-5193-7497-b020-92a80f5a73cb', 20729, NULL, NULL, 'EMAIL', NULL, 'en', '\x6c3bc22bbd4ea149f2a656440c340c65', '2026-10-03 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080501ff04ff0100010000ff', NULL, NULL, NULL, NULL),
	('dcd0f3a8-8baa-4bec-8b79-e9dfbfdb8a0a', '01a22959-5201-77c3-9789-160a1f543150', '\x7e91e62f1d10bb5995272b2ac6bdc0cc', '01a22959-5193-7497-b020-92acab8971a8', 20730, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', 'lv', '\xcc197671bb991338600f493e305d3d42', '2026-10-04 06:30:00+00', '2026-11-29 22:07:29.590602+00', '\x07', NULL, NULL, NULL, NULL),
	('ddedf27e-85d8-472c-9d94-b34f80e054ea', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x41eadf452e5205b352bffbc9e295be71', '01a22959-5193-7497-b020-92acab8971a8', 20744, NULL, NULL, NULL, 'gold', 'en', '\x384205ca7b5083060887c52ed10a2ee6', '2026-10-18 14:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09fe07ff010200000100ffff', NULL, NULL, NULL, NULL),
	('dec4056f-4931-4711-b5b2-bdb7f0622fa0', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3c717fb7ca18d337abb458ba4d7926e5', '01a22959-5193-7497-b020-92abd750d2bd', 20613, NULL, NULL, 'EMAIL', NULL, 'en', '\x742cc176162c4eae37b4b2c594a2d1b4', '2026-06-09 01:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0affffff04020100000000ff', NULL, NULL, NULL, NULL),
	('df509137-007c-4675-8eb7-37276ff7b8e8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5f8dff3cafe3f95183a0f444971126f9', '01a22959-5193-7497-b020-92aa0fcae979', 20567, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', 'en', NULL, '2026-04-24 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0705ff0200000101010000ff', NULL, NULL, NULL, NULL),
	('df644105-1a0c-4d23-bb76-97d6fba8c0f6', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xdf6a1fbc591a456602435cf89e9a425f', '01a22959-5193-7497-b020-92abd750d2bd', 20724, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, NULL, 'en', NULL, '2026-09-28 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff02020300ffffffff00ff', NULL, NULL, NULL, NULL),
	('e42ced14-e7d9-4cb8-a804-0cf4d3f5133e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9bb21a69c268070d5c550acbd6fd190e', '01a22959-5193-7497-b020-92aa0fcae979', 20571, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'loyal', NULL, NULL, '2026-04-28 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ffff0401ff0101000000ff', NULL, NULL, NULL, NULL),
	('e5ca6723-ded2-4698-9292-541ad6c364d9', '01a22959-521d-76c5-9a10-5c9de8a36cc0', '\xab3c252614810102a7987681fb57f18d', '01a22959-5193-7497-b020-92abd750d2bd', 20569, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'new', 'lv', '\x0ea44f3bded34da035cd1780103c6bbd', '2026-04-26 01:30:00+00', '2026-11-29 22:07:29.590602+00', '\x05', NULL, NULL, NULL, NULL),
	('e64a5ad7-4b38-4754-811c-087ce0d6476a', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1c493fb33b0644dbeda4350bbf596bb1', '01a22959-5193-7497-b020-92acab8971a8', 20692, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'APP', 'loyal', NULL, '\x4bc60b4a0d4e9fadc9d181cfedaba143', '2026-08-26 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080502020100ffffffffffff', NULL, NULL, NULL, NULL),
	('e73cbab7-61c5-46ec-8f1e-44d0dfc30ec2', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3cff66db4771e0e001c7537ff2bb7f12', '01a22959-5193-7497-b020-92aa0fcae979', 20719, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, 'lv', '\x552c21a40cea79dd75495c3089c2576b', '2026-09-23 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0affff0302020101010000ff', NULL, NULL, NULL, NULL),
	('e8363973-8dba-47d1-b871-a023999fe5d9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x28ed0f16b93a7906f33d6aad6b664cc6', '01a22959-5193-7497-b020-92aa0fcae979', 20727, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'new', NULL, '\xf163280ac0f31a146ec48916f954d399', '2026-10-01 04:30:00+00', '2026-11-29 22:07:29.590602+00', '\x080502ff03ff0001000000ff', NULL, NULL, NULL, NULL),
	('e8364ca1-acbf-43f8-8c74-a523c4b973f6', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xde32788226307ee0ea3993c7b5d8de84', '01a22959-5193-7497-b020-92aef602acaa', 20721, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'loyal', 'lv', '\xee3dc1e09d55aaaf5ffaaf1ea22366e4', '2026-09-24 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0603ff0100010101010000ff', NULL, NULL, NULL, NULL),
	('ed6de98a-b7fc-4a54-89d7-50c9c3bd72ac', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xf40cfd6770c3399c848c657010118c22', '01a22959-5193-7497-b020-92acab8971a8', 20694, NULL, NULL, 'EMAIL', 'gold', 'lv', '\x402f1631d6134fd058ff8d7151ba2872', '2026-08-29 05:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0704ff02ffff0101010000ff', NULL, NULL, NULL, NULL),
	('eda7c17e-3c1f-4637-8b03-a8774e9217ab', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x0cf7aa2696bb7761750326746ea48d3f', '01a22959-5193-7497-b020-92acab8971a8', 20587, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', 'en', NULL, '2026-05-14 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09fe0601ff0001010100ffff', NULL, NULL, NULL, NULL),
	('f239dc3b-1335-49e6-868a-4efb88f25138', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x7583902dc9e821b52bddeec4c6ca0074', '01a22959-5193-7497-b020-92aa0fcae979', 20630, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'gold', NULL, NULL, '2026-06-26 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x06030105ff000001000000ff', NULL, NULL, NULL, NULL),
	('f352001e-6d41-415f-b635-92fb152faa1f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9944551fbba030a21167cc9f7c665a5d', '01a22959-5193-7497-b020-92aa0fcae979', 20672, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', 'en', '\xc626740ae2e3d579c6830dd4e5ddfa96', '2026-08-07 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x000305ff0302ffffffff00ff', NULL, NULL, NULL, NULL),
	('f3e12184-f2f2-449a-99b9-ca73f34cec5d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x8671d2ca1043dc2ff7b43a31ea555755', '01a22959-5193-7497-b020-92aa0fcae979', 20700, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', 'gold', NULL, NULL, '2026-09-04 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x08ff030202000001010000ff', NULL, NULL, NULL, NULL),
	('f7ec600f-8e5a-4a6b-a2f6-6bee984b35ec', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x92d2ceaf0ea4490c50a0becb0f917344', '01a22959-5193-7497-b020-92acab8971a8', 20651, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'new', NULL, NULL, '2026-07-17 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff05020402ffffffff00ff', NULL, NULL, NULL, NULL),
	('f96515d8-2766-45f7-9065-5ac727c757f3', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x0558616782b3f4712d18318f7fc130ac', '01a22959-458d-72bc-8303-bf3637a0c371', 20556, NULL, NULL, NULL, 'gold', NULL, '\x6368d351267ad6affc49a590ac4db6d9', '2026-04-13 13:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0903ffffff0101000000ffff', NULL, NULL, NULL, NULL),
	('f9e5ca1a-bd8d-4ff5-8fcf-8c64b2391d76', '01a22959-5232-7371-a7a2-276afcd0d6a2', '\xef6ada54ca2378b3f6f4baa5172c97a5', '01a22959-5193-7497-b020-92aa0fcae979', 20580, NULL, NULL, 'APP', 'gold', 'en', NULL, '2026-05-06 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00', NULL, NULL, NULL, NULL),
	('fbf5dc58-06eb-4fde-b01b-a5f56e803d2e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x5264f69803ac69bd71a219dff8664c14', '01a22959-5193-7497-b020-92abd750d2bd', 20635, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', NULL, '\x2d3d8125aa3744ee5b12cbe2133e39f5', '2026-07-01 16:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a0507ff00ff0100000000ff', NULL, NULL, NULL, NULL),
	('fc044df4-d727-4325-abdb-9a80876778c8', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xeb808624663618df10c554a4b691e289', '01a22959-5193-7497-b020-92aef602acaa', 20735, NULL, NULL, 'APP', NULL, NULL, '\x218ea0002226463cab46bdc6587af60d', '2026-10-09 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0901ff0202020000010000ff', NULL, NULL, NULL, NULL),
	('fc843f18-ff6c-4590-818b-ebe20e99d60f', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x7ad1434810aa6a15d396e7f7c8eccc8e', '01a22959-5193-7497-b020-92aa0fcae979', 20610, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', 'en', '\xdcaa0d7cc05b14a1f30f8554bc6c5ea1', '2026-06-05 22:30:00+00', '2026-11-29 22:07:29.590602+00', '\x09ff0104ff020001010000ff', NULL, NULL, NULL, NULL),
	('e8d77d18-c5ba-4735-8131-4da7fde8752c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x4d6e6aa424f940b5a7cee45abe913cf0', '01a22959-5193-7497-b020-92abd750d2bd', 20745, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', 'lv', NULL, '2026-10-19 11:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.97797+00', NULL, NULL, NULL),
	('fc0fbefc-9c75-493e-bcd4-9f795e850e2c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x90dbe61d470880c4aefaad4939f52d6f', '01a22959-5193-7497-b020-92aa0fcae979', 20629, NULL, NULL, 'APP', 'gold', NULL, NULL, '2026-06-25 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0304ff040200ffffffff00ff', NULL, NULL, NULL, '2026-11-29 22:07:29.76317+00'),
	('fd959c7d-133d-454c-9da4-847fcbb8ed4c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x9dd8eeed7e68b13bad17f271cdbda6f0', '01a22959-5193-7497-b020-92acab8971a8', 20647, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'EMAIL', NULL, 'en', '\x552c21a40cea79dd75495c3089c2576b', '2026-07-13 15:30:00+00', '2026-11-29 22:07:29.590602+00', '\x00ff020103010001000000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.879969+00'),
	('d47c243a-66eb-46ab-8b06-d5d94a57722d', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xc85911d987bf4426973c4a70c80942ce', '01a22959-5193-7497-b020-92abd750d2bd', 20554, NULL, NULL, NULL, 'gold', 'lv', NULL, '2026-04-11 17:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.986951+00', NULL, NULL, NULL),
	('d427df71-9bc6-47eb-bb3f-088d8ff083f9', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x1d437ac22ed74cd0bf0e6940b37ecaa1', '01a22959-5193-7497-b020-92aa0fcae979', 20652, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', 'new', 'lv', NULL, '2026-07-18 07:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:29.996027+00', NULL, NULL, NULL),
	('efb63128-0d6b-467b-be39-0022cbcc567e', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xacbfeddf843e48a8bbc8d6c4447c064e', '01a22959-5193-7497-b020-92acab8971a8', 20589, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'lv', NULL, '2026-05-16 08:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:30.036778+00', NULL, NULL, NULL),
	('d7a5a4db-e0a8-488a-97c5-315363b39067', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x720147cd62664349a820abfc99345f61', '01a22959-5193-7497-b020-92aef602acaa', 20637, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'APP', 'gold', 'lv', NULL, '2026-07-03 00:30:00+00', '2026-11-29 22:07:29.590602+00', '\xffffffffffffffffffffffff', '2026-11-29 22:07:30.08754+00', NULL, NULL, NULL),
	('fe1eb16e-67b2-4443-a257-d539f7665839', '01a22959-52f4-7002-ba77-70a0f3da146c', '\xd0519126addb1fd0fb1f27fd6ddcb6c7', '01a22959-5193-7497-b020-92aa0fcae979', 20548, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'EMAIL', NULL, NULL, NULL, '2026-04-04 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x030405ff01010101010000ff', NULL, NULL, NULL, NULL),
	('ff9673d9-e794-4fcd-b027-e2fd4e6eeb48', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x6bc13ef6a2fc5240ba908060768113e2', '01a22959-5193-7497-b020-92aef602acaa', 20678, '01a22959-51a9-77ae-b3c9-f445dc7bb5ce', 'loyalty', 'EMAIL', 'loyal', 'lv', NULL, '2026-08-12 21:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0305ffff00ff0101010000ff', NULL, NULL, NULL, NULL),
	('7119a975-6f74-4651-9f0b-56219b2c75b3', '01a22959-51ee-768d-ac24-139d17cf7205', '\x98a8a39d0ea5391b53e5fa640f742632', '01a22959-5193-7497-b020-92abd750d2bd', 20540, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'gold', 'en', NULL, '2026-03-28 03:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0804ff020000010000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.654866+00'),
	('9996cc31-e57f-4e8b-9861-8d088cc129e6', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x040df75295f971e1851edcb8e3f30188', '01a22959-5193-7497-b020-92acab8971a8', 20634, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', 'gold', 'lv', '\x1cf48e48e5d60b482ef54bb7f420cb9b', '2026-06-30 09:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a02070302000100010000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.667527+00'),
	('e13ea416-66e7-41c6-9958-4d6517c64da3', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3c1ab2069b5c2547a688c74f96f2c998', '01a22959-5193-7497-b020-92acab8971a8', 20592, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'lv', '\x2fe7d5d63e163aa07d72a1b025ccda85', '2026-05-19 03:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0705030100ff0101000000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.686337+00'),
	('96acb35a-b228-49ec-9984-f5d5215f7770', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x65dd29d4ad8381655ff8bf7c00cdb2d2', '01a22959-5193-7497-b020-92aa0fcae979', 20614, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', NULL, '\x5afbae09f6c8822f45b0f65c1c259d0d', '2026-06-10 19:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a0401050000ffffffff00ff', NULL, NULL, NULL, '2026-11-29 22:07:29.696454+00'),
	('789de302-a6fd-41cf-9df7-4589647c3e9c', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x832a5bd75e760b3d0246bc4c82c662ef', '01a22959-5193-7497-b020-92aa0fcae979', 20711, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', '\xf4f44be5b06c1903703e102510281199', '2026-09-15 12:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0904050402ffffffffff00ff', NULL, NULL, NULL, '2026-11-29 22:07:29.706298+00'),
	('1c4cb9ae-77b3-4c99-93cf-eead89b161c0', '01a22959-51ee-768d-ac24-139d17cf7205', '\x212b19a21d529a1c48cd70de59d4de19', '01a22959-5193-7497-b020-92aa0fcae979', 20489, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'APP', NULL, NULL, '\x05b6f8d4089782cc4662493c21003951', '2026-02-05 01:30:00+00', '2026-11-29 22:07:29.490372+00', '\x07040504010201000100', NULL, NULL, NULL, '2026-11-29 22:07:29.716234+00'),
	('518c959f-ca9b-476d-8981-67711c76c5bb', '01a22959-51ee-768d-ac24-139d17cf7205', '\x1243dbb74c7198dd576ce6726c8f592b', '01a22959-5193-7497-b020-92aa0fcae979', 20434, '01a22959-51a9-77ae-b3c9-f4427ef576ea', 'purchase', 'STORE', 'new', 'en', NULL, '2025-12-12 21:30:00+00', '2026-11-29 22:07:29.490372+00', '\x09fe05ff0400ffffff00', NULL, NULL, NULL, '2026-11-29 22:07:29.725717+00'),
	('e1527ae4-3122-4815-93ad-d817ea3ab6d2', '01a22959-51ee-768d-ac24-139d17cf7205', '\xc9758fdd1f123766b28dd960a4648ff0', '01a22959-5193-7497-b020-92abd750d2bd', 20381, NULL, NULL, 'EMAIL', NULL, 'en', '\x18a640f7677a7aeb006c1dd42506bb67', '2025-10-19 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x08010204000100010100', NULL, NULL, NULL, '2026-11-29 22:07:29.735051+00'),
	('4dd89720-56f8-43c8-8b30-7ce8cfe41c99', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x3fd842831dad76088423bb91d0ad8cc4', '01a22959-5193-7497-b020-92acab8971a8', 20622, NULL, NULL, 'APP', 'loyal', 'lv', NULL, '2026-06-18 20:30:00+00', '2026-11-29 22:07:29.590602+00', '\x03ff030400000101010000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.744673+00'),
	('be873fe7-f464-49a2-b031-32eadb6fdd5c', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8ebcbe6bcdd604532b3663a6e341dc2d', '01a22959-5193-7497-b020-92aa0fcae979', 20525, NULL, NULL, NULL, 'gold', 'lv', NULL, '2026-03-13 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0a040705ff01ffffffff', NULL, NULL, NULL, '2026-11-29 22:07:29.754109+00'),
	('15eb1a2e-d244-4b19-a5f4-0d9c8e4f1d83', '01a22959-51ee-768d-ac24-139d17cf7205', '\x7de62e7048477f84e4cda0802ba3a3b8', '01a22959-458d-72bc-8303-bf3637a0c371', 20498, NULL, NULL, 'EMAIL', 'gold', 'lv', '\x428f0a07ccd07c79d6065b65f6cb9961', '2026-02-14 00:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0902ff04ff0001000100', NULL, NULL, NULL, '2026-11-29 22:07:29.771455+00'),
	('909f4e3a-f390-43e3-a8af-8bb91150ff36', '01a22959-51ee-768d-ac24-139d17cf7205', '\x8b40eb40de07fab21050923576dfcce7', '01a22959-5193-7497-b020-92acab8971a8', 20468, '01a22959-51a9-77ae-b3c9-f444be6d1c92', 'purchase', 'STORE', NULL, 'lv', NULL, '2026-01-15 17:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090402ff030101010100', NULL, NULL, NULL, '2026-11-29 22:07:29.779885+00'),
	('3b9edacb-4b2e-4245-a07b-59d80a5527a2', '01a22959-51ee-768d-ac24-139d17cf7205', '\x2404873b8286253fff4059792eb1fdfb', '01a22959-5193-7497-b020-92abd750d2bd', 20368, NULL, NULL, NULL, NULL, 'lv', '\xb0136e3af9f56b934367b18baaea358f', '2025-10-07 11:30:00+00', '2026-11-29 22:07:29.490372+00', '\x090501ffff0201010000', NULL, NULL, NULL, '2026-11-29 22:07:29.788075+00'),
	('eb8188d2-05dd-401c-b2c4-201dc940ca43', '01a22959-51ee-768d-ac24-139d17cf7205', '\x999fb30bd7915df68fcaea513125a56d', '01a22959-5193-7497-b020-92abd750d2bd', 20492, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', NULL, 'gold', 'lv', NULL, '2026-02-07 23:30:00+00', '2026-11-29 22:07:29.490372+00', '\x0afe0403020001010100', NULL, NULL, NULL, '2026-11-29 22:07:29.797273+00'),
	('60dbbff3-3994-470e-9d93-23a2210cef08', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x836caede831f5a333a140a158c693c8b', '01a22959-5193-7497-b020-92abd750d2bd', 20713, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'APP', 'new', NULL, '\x555e0e66f75ca9e0a10463a7f91209ac', '2026-09-17 12:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0a04010402020000010000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.815504+00'),
	('f9fa6f21-7fd9-4d50-9c97-ef467dee5016', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x23cc2ab5bda83bc23663c6f6d8719957', '01a22959-5193-7497-b020-92acab8971a8', 20703, NULL, NULL, 'EMAIL', 'new', 'en', '\x14d75e84d2258ae961266158c0263175', '2026-09-07 10:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0804ffff02010001000000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.826089+00'),
	('b42ab98f-e021-4f0f-b440-8c87a5bf96d9', '01a22959-51ee-768d-ac24-139d17cf7205', '\x0a8d44f7542d0a9d659700cdb6d17449', '01a22959-5193-7497-b020-92abd750d2bd', 20488, '01a22959-51a9-77ae-b3c9-f4438ce7c00b', 'post-purchase', 'EMAIL', 'loyal', 'en', NULL, '2026-02-04 04:30:00+00', '2026-11-29 22:07:29.490372+00', '\x03050702040101010100', NULL, NULL, NULL, '2026-11-29 22:07:29.853584+00'),
	('6dc88c9b-8210-499a-b280-a27cde744dca', '01a22959-52f4-7002-ba77-70a0f3da146c', '\x80ca8f53fd73694b2a8a1167d3ca0db1', '01a22959-458d-72bc-8303-bf3637a0c371', 20755, NULL, NULL, NULL, 'loyal', 'lv', '\x218ea0002226463cab46bdc6587af60d', '2026-10-28 23:30:00+00', '2026-11-29 22:07:29.590602+00', '\x0305070503010101010000ff', NULL, NULL, NULL, '2026-11-29 22:07:29.87171+00');


--
-- Data for Name: survey_secret; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--



--
-- Data for Name: survey_survey; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_survey VALUES
	('01a22959-5201-77c3-9789-1609291fb89d', 'public', 'Open to all', true, true, '01a22959-5193-7497-b020-92aef602acaa', 1, 3, '2026-11-29 22:07:29.28159+00', '2099-12-31 00:00:00+00', '', '{}', '{}', 0),
	('01a22959-5212-7520-9d31-8ee3a64dfe85', 'offering', 'Open to all', true, true, '01a22959-5193-7497-b020-92aef602acaa', 1, 3, '2026-11-29 22:07:29.298685+00', NULL, '', '{}', '{"departments": ["calls", "riga"]}', 100),
	('01a22959-523e-773f-9e32-ec08e0d3d729', 'draft', 'Draft', false, true, NULL, 1, 1, NULL, NULL, '', '{}', '{}', 0),
	('01a22959-524a-72c4-b337-f1701bda949a', 'scheduled', 'Scheduled', false, true, NULL, 1, 2, '2099-01-01 00:00:00+00', NULL, '', '{}', '{}', 0),
	('01a22959-51ee-768d-ac24-139c627616e2', 'every', 'Viss par mums', false, true, NULL, 2, 3, '2026-11-29 22:07:29.262354+00', NULL, 'lv', '{"en": "In English"}', '{}', 0),
	('01a22959-521d-76c5-9a10-5c9cad387345', 'paused', 'Paused', false, true, NULL, 2, 4, '2026-11-29 22:07:29.309516+00', NULL, '', '{}', '{}', 0),
	('01a22959-5227-734b-a2d5-2018cd181991', 'closed', 'Closed', false, true, NULL, 2, 5, '2026-11-29 22:07:29.320067+00', '2026-11-29 22:07:29.623579+00', '', '{}', '{}', 0),
	('01a22959-5232-7371-a7a2-2769b96783dc', 'archived', 'Archived', false, false, NULL, 3, 6, '2026-11-29 22:07:29.330729+00', '2026-11-29 22:07:29.63244+00', '', '{}', '{}', 0);


--
-- Data for Name: survey_verbatim; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_verbatim VALUES
	('004b7fd0-99df-409b-8a5d-5e7d393cbcdd', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('014af67d-22fc-4104-b811-529b575648d1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('02bcbaa1-f4b6-47c1-a91b-5531e429370c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('06ec41ad-ea05-4543-8b0d-590bb0a844e5', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0715cf41-f5e9-45e6-81d3-3661577c06be', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0aa989b4-07e7-466b-875b-058bb363af43', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('0b43b6dd-001a-4fd3-a74c-00f42a43f047', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('0c647801-4858-479e-ae1a-ddc841b73d54', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0dbcf199-f17c-4d8b-9b12-bd6303de571c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0e027248-fee5-4f02-a1bc-b3e5de1e90d6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('0eb72a15-2985-4691-a56d-54046a671ecc', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('13b62571-b5b9-499c-a30e-da12616e750d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('14ace1cb-47a1-44e4-9407-ab3300bc22cb', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('195793c8-a276-4c02-925f-8467a212f5e6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('1a61dbe2-2e44-458b-ae97-ba94d0eda82f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('2119c05c-2a1e-4b8c-b646-7838764d4529', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('23fd4a19-ce3a-4724-bc99-cd7b0f39e374', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('24fd4172-e5c6-4b8e-81d6-023d7c13b267', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('25897dfa-8472-47bb-932b-51fc0db5a939', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('278470e2-dd8c-4f96-a02f-6772e8a0fe71', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('2a79c91c-4e94-4a24-ae16-bea21c7c766b', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('2f3e3319-611e-419f-93a0-df349de64869', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('307438e6-f4ae-4d02-93fc-ba583c787566', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('31f1160f-bd1e-40e8-b2ef-84f4ed22c330', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('3945336b-d51b-4815-aaf7-19f3fd68373b', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('394d5695-c92e-4a23-9b89-02ae79510214', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('3b618676-26bb-4dbd-ad1c-9af0153e7c2a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('3b8ea2bb-7237-4aaf-80d9-20ca68b55153', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('3b9edacb-4b2e-4245-a07b-59d80a5527a2', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('4bb446a2-c32d-4ff4-8f28-609a4d7f4225', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('4fb69253-3aba-46f9-8441-a7ecb78e013a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('504cb97a-d9f5-4bef-9350-2210090edd5a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('5082baa5-6fed-4708-8227-cfd2b455e37c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('54443b02-d5bd-4fee-b960-e68cb5cbfde6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('5c0412d2-29f4-436e-bbf7-3ce8a9c3d962', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('5d878b11-da67-4fe3-a259-a335c33cbd45', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('5ea049a4-8eb0-48c8-88e9-500c0d0e2c33', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('631bcb09-ae12-4a3c-839e-0d8b11354113', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('653f387f-ad7b-4176-8ebc-4be59b5dae4e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('6542a692-4667-4b28-9687-2f85a9886cb4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('69f44612-6201-49d3-a9ac-0f03dee0a843', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('6bf46c69-7d2c-4f82-aeea-cbe226e87555', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('6db63aed-95ac-414a-8f00-42f5d526e8f9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('6f2a6038-f4ec-42b1-bd26-ff92a525c815', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('709bdda6-94d4-4c36-bd1d-8480d691cfe9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('70d92041-7ac8-4cb6-8e7a-49fb52be17ab', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('742850f0-a732-42be-8a99-b2ddb02a3b27', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('826275b7-124e-4e50-8eaa-8d638e069436', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('888564e8-8216-458f-b3cc-ef0346f5a1b4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('88bba317-5b6e-48b0-85e9-251c1b3a953c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('8cd03260-74aa-4340-997a-20be63cc537b', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('8fc5654a-7539-4fcd-966e-a43232b10455', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('909f4e3a-f390-43e3-a8af-8bb91150ff36', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('91d27ae6-16c5-4c27-a6f8-676741023534', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('922eb8ff-13bf-4d4f-990f-42d8388059ea', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('93cde609-5e73-452b-bd91-4b0e60307b75', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('942f0c8a-c544-4b7d-af3f-a0220332a06a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('96f8a8fe-3170-4850-a47e-119815c18198', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('99434ea9-27a0-43e7-aaa1-de16ad518396', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('9f94c755-6db1-4c28-bc23-aa427ac3caf8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('a617ad4d-6856-4e02-ba68-1a148c5770c9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('a6a3a450-6513-470e-a69e-0d37f2a74de4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('a9e2fa40-19f2-45ff-ac84-fe81c33ea73e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('a9f8ef91-4149-4f1b-a23b-c05a50236cc3', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('aa17c57c-c61c-46db-98d4-250d89df5e79', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b08054db-a099-49ad-8ac7-cf63338d81b5', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b0e25386-a9e2-412e-8ca4-e513adfbe15c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('b25f9ad7-68b0-4f17-a510-672b4d9c350f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b5e841e0-981b-4f07-b64b-4795765ca91e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('b69307f8-512d-426e-b13b-259a54b59e2d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b766b4d4-e894-4345-889d-77b3c8b215ac', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b7c6b33f-a3c9-4e9a-b622-83de4a724048', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b9134559-37e0-4321-b0d9-33b37aba0cf3', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b9f3635c-f88c-422b-8ca2-a92b03a56cc1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('bca8945a-8a7b-459d-9d6e-4ae6fd004353', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('c125516b-9816-4c67-8813-4e5e207b3de0', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('c14473ca-5153-44e3-a511-741219dedb49', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c23e35dc-49e8-4804-8f95-54979aa31ecb', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('c46f9c9a-70ae-4c01-a6d1-eec97c993a3a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c7132891-5050-4652-bbc5-5c33ec1072ee', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('c7e67012-f82b-49f3-a9e7-fe618be11959', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('c8caae61-ffe4-470b-8f54-e2ab33b04118', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('cbf93e3f-b1f9-45cb-bdd1-e6c7187f132d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('cc966f46-c6aa-4d55-8101-b8119bca3cb7', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('d5a8e989-dd45-41ce-b71d-51f326fedd16', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('d5ab8b4d-15b4-4aeb-a4a4-5effccb573d9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('d64b960d-0137-4711-8c63-bbb911eeded9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('d79da6a3-6294-4bfe-adc4-6fb9ed0a656a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('d8593f6f-b163-4468-a885-4501f7b00117', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('da5715e4-e872-415c-be06-571bbdae9f93', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e476c5d3-c755-4e6d-a8eb-c172a319c60b', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e6077d79-1017-4d2b-bf4e-302c31e7aed1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e75e3a57-fe56-43fa-84d9-c8f330dc63ee', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e895c151-6d0c-49b1-a2b6-5b22b519e6be', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e8a3a570-4324-442f-83d2-7c0dc3f08422', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e8df1bff-f183-4efb-bb2c-ffcddbb350e6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('eb7f1414-f6de-4fbe-8091-5aaf4110b8bc', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('ed448d4e-ee24-4c43-a43a-b9e212b92a01', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('eea7bb64-33a7-4568-ae5f-950c0ce5af69', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('f20fff4b-26e2-466f-b6ee-baa4d75fc88a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.');
INSERT INTO public.survey_verbatim VALUES
	('f5c475b0-4080-44aa-9a40-e1eb6b1ab7b4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('f8a22ee9-c923-4828-9303-03c9f55f81c5', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('f9e82520-b10b-4b15-9d1c-ebda7e4b9284', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('fa281648-9bbd-42ea-b022-7a15e4217251', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('fd6bb14e-b6b7-4139-9ca4-c955ac42e5f1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('04350e88-5c3a-4454-b454-420b203a5834', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('05d62e9c-0f97-4b15-ab2c-6d11143c7102', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('05db160b-4b8c-4e3e-9e56-635abd7129c5', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('08807911-8a4a-4046-b342-27eeaad04564', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0c22f291-537c-4e65-aed1-da2b9116ce21', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('0d9580f9-dc5d-4c8b-a112-3d4c63b30d35', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('0ffccb1d-aa4a-42c0-b588-96ba9688d262', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('1ab51b26-33e7-4a2b-83b3-4f699a9110bb', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('1adfd8f5-ff1b-497a-be72-9af0a4b060e2', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('1af08d1e-4c78-4f8a-8eeb-7ec2d5864bc1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('1e3fe52f-a99e-4f2a-81e9-22c083d19841', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('207203a3-553c-463e-9231-57c9c2e1212c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('28f81607-1ff2-4d87-8d05-8ba9cbfe7f3f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('2b5a7513-85ea-4120-8562-e6508df10674', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('2c1d5eca-9f1e-4df0-9178-dbe4b0e98ef1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('2c5be8b2-2391-4dd5-9f07-f231f6e19425', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('2e68fbe3-6b0c-482c-8c0d-25721fbca2f9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('2ed2360c-812d-4a4e-b534-cdb9bf6cf853', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('3170a904-89a7-4be7-961d-6bf8799c8748', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('31eb5bdf-afc5-42ab-8a3d-dcf1cd46a41d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('32193a75-0422-4993-a86b-e44c119eb13f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('348d066c-8f7b-4008-9271-1af01fccfb41', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('34be43e9-69d6-4dd6-bb16-209256292c3d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('3770471e-8409-46ff-95f6-d97720206059', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('435cf72a-fd98-4f53-b120-9a8e8b02f1f1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('44ac3173-b916-4ebd-b2cb-e861953f8018', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('44d903d0-a7ef-4efe-8c2f-0a5fa5f5bb1b', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('4b941eab-a8b4-4963-8ae2-e24327c14052', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('4c00038f-218c-4718-a0aa-64f1c29c45db', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('51db6463-d484-4fac-be34-2ce07149269f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('5561ca8c-867d-4d3d-aa95-b25bfa5251f4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('56de1ee6-ac42-49b3-8b4e-1236ac507d25', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('5cb7be88-7a52-466d-a645-3eb6ed2ed9b8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('60dbbff3-3994-470e-9d93-23a2210cef08', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('62127400-71a5-4ff2-b79d-2faf7cb35dee', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('62a7599d-54b1-4704-a641-2e8f39917402', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('664cdd18-169f-4d07-92ff-4119a3903658', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('66e929c5-deb7-44b5-aee2-b65d56106376', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('68ca55fc-899a-4dec-a675-a29e710ece83', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('692f4034-9616-46fd-8cd1-a8f3c79f06bd', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('706a11b7-889a-460a-914b-197966a15c1c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('740b9cd7-c33a-4fd1-90ce-fd4f28c92936', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('7668357a-c42a-445e-a98b-574967afca20', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('789de302-a6fd-41cf-9df7-4589647c3e9c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('79a4cfc6-feb2-43e8-90dc-1bbe6f539849', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('7ce0aba5-ac2e-4ff1-b384-46d82267a887', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('7f3cb282-0acc-4cee-acfa-91b566c7ea4a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('7f6da50b-ddf0-4b92-9432-a62a4d5a47ee', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('7f82621d-9468-45db-aca0-194e0b366b9e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('7fa8e60c-23ed-499b-b844-4c22fb4db4eb', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('87b41825-9167-422c-a463-a48c27da0c73', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('87bbc226-18ea-493c-9af1-038376f7e749', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('883111b8-fbf7-496a-a810-52d75db49b01', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('891d793d-2178-43c9-bcfa-8f3e8600d020', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('8b76d672-b694-4a43-9301-377917a67dc2', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('8f74bbf4-6c55-429c-90b3-fe676545fc25', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('8fa772ee-ebb1-41a0-b212-802eadbb9474', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('92bd2be0-5e70-45f2-8484-89f5115e60e1', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('986a39b4-2224-4ea1-89be-ecabafff6898', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('995ee945-8609-430e-be36-3344d71732a7', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('9b1e12fb-0b38-47f0-ba40-2894d88cd752', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('9ca6344a-db3e-4b9d-9077-feadf235c110', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('9ef2b810-f33e-4dbd-b411-ae27ffd6f298', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('a828eae1-4f58-4659-bfcd-9e23f490d2f4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('aa54ad35-28d1-48f7-9128-ed2df88a8457', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('aab11a1c-94fe-48ff-ab65-1b40b5b3d2c8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('abf68c85-57dc-4f50-a633-60f22921988d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('af1d8eaa-8bba-4855-abcd-9025cc35021a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('af864af6-428e-4b9e-907e-2fc000a1e4b4', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b1c62c4f-51ea-431f-993b-6034cdc0a900', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b6b8b6ad-194b-4ac4-b157-ecb971d588dc', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b77e7449-bf83-45dd-be14-472c855aa737', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('b7ba47ae-550a-4f4a-9ca1-9e1be553145a', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b912af89-5c91-4d20-bf66-00ba36d04e1c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('bdce4d90-fbf6-454d-9ade-2f59288775af', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('bec1bd29-c418-457d-80e8-ae2d9fcaddb9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('c2b7a628-8fa1-42a1-9998-e513a233771c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c3120472-b25b-4b3d-88f2-412e12d0cee6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c623989b-1508-4991-8282-412d11cae7b9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c6bc467c-4686-475d-af68-609a2c909410', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('c6df093c-bc04-471f-a315-351860320fec', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('ccb7b8b7-c8a7-423b-bf6b-e902bdfc629e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('cf899ad1-0168-42c9-ad2e-e9af8d954332', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('d30adbc7-778b-4b79-8c2a-d855301924c8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('d32314f0-4a8a-43fa-bc59-2d443fa281ee', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('da29eaee-ce42-414f-b3b4-575232e92779', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('dc84e29a-8e67-4e6e-9b6b-55a6eca9c388', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('dec4056f-4931-4711-b5b2-bdb7f0622fa0', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('df509137-007c-4675-8eb7-37276ff7b8e8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('df644105-1a0c-4d23-bb76-97d6fba8c0f6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('e13ea416-66e7-41c6-9958-4d6517c64da3', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('e42ced14-e7d9-4cb8-a804-0cf4d3f5133e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('e73cbab7-61c5-46ec-8f1e-44d0dfc30ec2', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('e8363973-8dba-47d1-b871-a023999fe5d9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('e8364ca1-acbf-43f8-8c74-a523c4b973f6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.');
INSERT INTO public.survey_verbatim VALUES
	('ed6de98a-b7fc-4a54-89d7-50c9c3bd72ac', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('f239dc3b-1335-49e6-868a-4efb88f25138', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('f352001e-6d41-415f-b635-92fb152faa1f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('f3e12184-f2f2-449a-99b9-ca73f34cec5d', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('f7ec600f-8e5a-4a6b-a2f6-6bee984b35ec', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('f9fa6f21-7fd9-4d50-9c97-ef467dee5016', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('fbf5dc58-06eb-4fde-b01b-a5f56e803d2e', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('fc044df4-d727-4325-abdb-9a80876778c8', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('fc843f18-ff6c-4590-818b-ebe20e99d60f', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('fe1eb16e-67b2-4443-a257-d539f7665839', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('ff9673d9-e794-4fcd-b027-e2fd4e6eeb48', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('9996cc31-e57f-4e8b-9861-8d088cc129e6', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('96acb35a-b228-49ec-9984-f5d5215f7770', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('1c4cb9ae-77b3-4c99-93cf-eead89b161c0', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('518c959f-ca9b-476d-8981-67711c76c5bb', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('e1527ae4-3122-4815-93ad-d817ea3ab6d2', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('4dd89720-56f8-43c8-8b30-7ce8cfe41c99', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('fc0fbefc-9c75-493e-bcd4-9f795e850e2c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('15eb1a2e-d244-4b19-a5f4-0d9c8e4f1d83', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('eb8188d2-05dd-401c-b2c4-201dc940ca43', '01a22959-51ee-768d-ac24-13a5cbf74664', 'She said "no"; I left.'),
	('01007271-8d8c-49a8-b0d1-937ab5ec5c29', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('6fca33e8-d764-485e-a578-b076cfd6a7fc', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('61b2480c-55d8-4e8d-8046-0d692ed65411', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('b42ab98f-e021-4f0f-b440-8c87a5bf96d9', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('6dc88c9b-8210-499a-b280-a27cde744dca', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.'),
	('fd959c7d-133d-454c-9da4-847fcbb8ed4c', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Slow, slow.'),
	('7ee14b90-cb97-4be3-880e-31b034128822', '01a22959-51ee-768d-ac24-13a5cbf74664', 'Ātri.');


--
-- Data for Name: survey_version; Type: TABLE DATA; Schema: public; Owner: cxm_survey_owner
--

INSERT INTO public.survey_version VALUES
	('01a22959-51ee-768d-ac24-139d17cf7205', '01a22959-51ee-768d-ac24-139c627616e2', 1),
	('01a22959-5201-77c3-9789-160a1f543150', '01a22959-5201-77c3-9789-1609291fb89d', 1),
	('01a22959-5212-7520-9d31-8ee46eafb217', '01a22959-5212-7520-9d31-8ee3a64dfe85', 1),
	('01a22959-521d-76c5-9a10-5c9de8a36cc0', '01a22959-521d-76c5-9a10-5c9cad387345', 1),
	('01a22959-5228-7308-bd63-eb8d7c406690', '01a22959-5227-734b-a2d5-2018cd181991', 1),
	('01a22959-5232-7371-a7a2-276afcd0d6a2', '01a22959-5232-7371-a7a2-2769b96783dc', 1),
	('01a22959-523e-773f-9e32-ec09304451cc', '01a22959-523e-773f-9e32-ec08e0d3d729', 1),
	('01a22959-524a-72c4-b337-f171bd8fe953', '01a22959-524a-72c4-b337-f1701bda949a', 1),
	('01a22959-52f4-7002-ba77-70a0f3da146c', '01a22959-51ee-768d-ac24-139c627616e2', 2);


--
-- Name: outbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: cxm_survey_owner
--

SELECT pg_catalog.setval('public.outbox_id_seq', 60, true);


--
-- Name: survey_import_number_seq; Type: SEQUENCE SET; Schema: public; Owner: cxm_survey_owner
--

SELECT pg_catalog.setval('public.survey_import_number_seq', 1, false);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);


--
-- Name: dead_letter dead_letter_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.dead_letter
    ADD CONSTRAINT dead_letter_pkey PRIMARY KEY (durable, message_id);


--
-- Name: directory_copy directory_copy_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.directory_copy
    ADD CONSTRAINT directory_copy_pkey PRIMARY KEY (id);


--
-- Name: directory_state directory_state_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.directory_state
    ADD CONSTRAINT directory_state_pkey PRIMARY KEY (one);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);


--
-- Name: survey_daily survey_daily_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_daily
    ADD CONSTRAINT survey_daily_pkey PRIMARY KEY (survey_id, local_day);


--
-- Name: survey_import survey_import_id_key; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_import
    ADD CONSTRAINT survey_import_id_key UNIQUE (id);


--
-- Name: survey_import survey_import_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_import
    ADD CONSTRAINT survey_import_pkey PRIMARY KEY (number);


--
-- Name: survey_invitation survey_invitation_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_invitation
    ADD CONSTRAINT survey_invitation_pkey PRIMARY KEY (token_hash);


--
-- Name: survey_keyed_import survey_keyed_import_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_keyed_import
    ADD CONSTRAINT survey_keyed_import_pkey PRIMARY KEY (since);


--
-- Name: survey_label survey_label_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_label
    ADD CONSTRAINT survey_label_pkey PRIMARY KEY (kind, value);


--
-- Name: survey_question survey_question_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_question
    ADD CONSTRAINT survey_question_pkey PRIMARY KEY (version_id, "position");


--
-- Name: survey_question survey_question_version_id_key_key; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_question
    ADD CONSTRAINT survey_question_version_id_key_key UNIQUE (version_id, key);


--
-- Name: survey_response survey_response_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_response
    ADD CONSTRAINT survey_response_pkey PRIMARY KEY (id);


--
-- Name: survey_secret survey_secret_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_secret
    ADD CONSTRAINT survey_secret_pkey PRIMARY KEY (response_id);


--
-- Name: survey_survey survey_survey_key_key; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_survey
    ADD CONSTRAINT survey_survey_key_key UNIQUE (key);


--
-- Name: survey_survey survey_survey_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_survey
    ADD CONSTRAINT survey_survey_pkey PRIMARY KEY (id);


--
-- Name: survey_verbatim survey_verbatim_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_verbatim
    ADD CONSTRAINT survey_verbatim_pkey PRIMARY KEY (response_id, question_id);


--
-- Name: survey_version survey_version_pkey; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_version
    ADD CONSTRAINT survey_version_pkey PRIMARY KEY (id);


--
-- Name: survey_version survey_version_survey_id_number_key; Type: CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_version
    ADD CONSTRAINT survey_version_survey_id_number_key UNIQUE (survey_id, number);


--
-- Name: audit_entry_at; Type: INDEX; Schema: public; Owner: cxm_survey_owner
--

CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at, id);


--
-- Name: survey_import_subject; Type: INDEX; Schema: public; Owner: cxm_survey_owner
--

CREATE INDEX survey_import_subject ON public.survey_import USING btree (subject, number);


--
-- Name: survey_invitation_spent_by; Type: INDEX; Schema: public; Owner: cxm_survey_owner
--

CREATE INDEX survey_invitation_spent_by ON public.survey_invitation USING btree (spent_by) WHERE (spent_by IS NOT NULL);


--
-- Name: survey_response_import; Type: INDEX; Schema: public; Owner: cxm_survey_owner
--

CREATE INDEX survey_response_import ON public.survey_response USING btree (import_number, corrected_at, department_id) WHERE ((import_number IS NOT NULL) AND (withdrawn_at IS NULL));


--
-- Name: survey_response_newest; Type: INDEX; Schema: public; Owner: cxm_survey_owner
--

CREATE INDEX survey_response_newest ON public.survey_response USING btree (department_id, occurred_at);


--
-- Name: survey_question survey_question_version_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_question
    ADD CONSTRAINT survey_question_version_id_fkey FOREIGN KEY (version_id) REFERENCES public.survey_version(id);


--
-- Name: survey_version survey_version_survey_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE ONLY public.survey_version
    ADD CONSTRAINT survey_version_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES public.survey_survey(id);


--
-- Name: audit_entry; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: survey_response departments; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY departments ON public.survey_response FOR SELECT TO cxm_survey_read USING (((withdrawn_at IS NULL) AND (department_id = ANY ((( SELECT NULLIF(current_setting('cxm.departments'::text, true), ''::text) AS "nullif"))::uuid[]))));


--
-- Name: survey_verbatim departments; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY departments ON public.survey_verbatim FOR SELECT TO cxm_survey_read USING ((EXISTS ( SELECT
   FROM public.survey_response r
  WHERE (r.id = survey_verbatim.response_id))));


--
-- Name: survey_import intake; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake ON public.survey_import TO cxm_survey_intake USING (true) WITH CHECK (true);


--
-- Name: audit_entry intake_adds; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_adds ON public.audit_entry FOR INSERT TO cxm_survey_intake WITH CHECK (true);


--
-- Name: survey_invitation intake_adds; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_adds ON public.survey_invitation FOR INSERT TO cxm_survey_intake WITH CHECK (true);


--
-- Name: survey_response intake_adds; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_adds ON public.survey_response FOR INSERT TO cxm_survey_intake WITH CHECK (true);


--
-- Name: survey_secret intake_adds; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_adds ON public.survey_secret FOR INSERT TO cxm_survey_intake WITH CHECK (true);


--
-- Name: survey_verbatim intake_adds; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_adds ON public.survey_verbatim FOR INSERT TO cxm_survey_intake WITH CHECK (true);


--
-- Name: survey_invitation intake_changes; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_changes ON public.survey_invitation FOR UPDATE TO cxm_survey_intake USING ((spent_by IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: survey_response intake_changes; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_changes ON public.survey_response FOR UPDATE TO cxm_survey_intake USING ((id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: survey_secret intake_erases; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_erases ON public.survey_secret FOR DELETE TO cxm_survey_intake USING ((response_id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: survey_verbatim intake_erases; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_erases ON public.survey_verbatim FOR DELETE TO cxm_survey_intake USING ((response_id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: audit_entry intake_reads; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_reads ON public.audit_entry FOR SELECT TO cxm_survey_intake USING (true);


--
-- Name: survey_invitation intake_reads; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_reads ON public.survey_invitation FOR SELECT TO cxm_survey_intake USING ((spent_by IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: survey_response intake_reads; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_reads ON public.survey_response FOR SELECT TO cxm_survey_intake USING (((received_at = now()) OR (( SELECT current_setting('cxm.purpose'::text, true) AS current_setting) = 'reconciliation'::text) OR (id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest))));


--
-- Name: survey_secret intake_reads; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_reads ON public.survey_secret FOR SELECT TO cxm_survey_intake USING ((response_id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: survey_verbatim intake_reads; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY intake_reads ON public.survey_verbatim FOR SELECT TO cxm_survey_intake USING ((response_id IN ( SELECT unnest(( SELECT (NULLIF(current_setting('cxm.responses'::text), ''::text))::uuid[] AS "nullif")) AS unnest)));


--
-- Name: audit_entry owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.audit_entry TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_import owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.survey_import TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_invitation owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.survey_invitation TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_response owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.survey_response TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_secret owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.survey_secret TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_verbatim owner; Type: POLICY; Schema: public; Owner: cxm_survey_owner
--

CREATE POLICY owner ON public.survey_verbatim TO cxm_survey_owner USING (true) WITH CHECK (true);


--
-- Name: survey_import; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_import ENABLE ROW LEVEL SECURITY;

--
-- Name: survey_invitation; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_invitation ENABLE ROW LEVEL SECURITY;

--
-- Name: survey_response; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_response ENABLE ROW LEVEL SECURITY;

--
-- Name: survey_secret; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: survey_verbatim; Type: ROW SECURITY; Schema: public; Owner: cxm_survey_owner
--

ALTER TABLE public.survey_verbatim ENABLE ROW LEVEL SECURITY;

--
-- Name: FUNCTION survey_count_imported(import bigint); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_count_imported(import bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_count_imported(import bigint) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_find_imported(import bigint, departments uuid[], most integer); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_find_imported(import bigint, departments uuid[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_find_imported(import bigint, departments uuid[], most integer) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_find_invitations(hashes bytea[]); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_find_invitations(hashes bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_find_invitations(hashes bytea[]) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_read_invitations(hashes bytea[]); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_read_invitations(hashes bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_read_invitations(hashes bytea[]) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_same_customers(ids uuid[], refs bytea[]); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_same_customers(ids uuid[], refs bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_same_customers(ids uuid[], refs bytea[]) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_spend_invitations(hashes bytea[], ids uuid[]); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_spend_invitations(hashes bytea[], ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_spend_invitations(hashes bytea[], ids uuid[]) TO cxm_survey_intake;


--
-- Name: FUNCTION survey_stored_bodies(ids uuid[]); Type: ACL; Schema: public; Owner: cxm_survey_owner
--

REVOKE ALL ON FUNCTION public.survey_stored_bodies(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.survey_stored_bodies(ids uuid[]) TO cxm_survey_intake;


--
-- Name: TABLE alembic_version; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT ON TABLE public.alembic_version TO cxm_survey_intake;


--
-- Name: TABLE audit_entry; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_entry TO cxm_survey_intake;


--
-- Name: TABLE dead_letter; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dead_letter TO cxm_survey_intake;


--
-- Name: TABLE directory_copy; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.directory_copy TO cxm_survey_intake;


--
-- Name: TABLE directory_state; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.directory_state TO cxm_survey_intake;


--
-- Name: TABLE outbox; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox TO cxm_survey_intake;


--
-- Name: SEQUENCE outbox_id_seq; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT USAGE ON SEQUENCE public.outbox_id_seq TO cxm_survey_intake;


--
-- Name: TABLE survey_daily; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.survey_daily TO cxm_survey_intake;


--
-- Name: TABLE survey_import; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.survey_import TO cxm_survey_intake;


--
-- Name: TABLE survey_invitation; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT ON TABLE public.survey_invitation TO cxm_survey_intake;


--
-- Name: COLUMN survey_invitation.customer_ref; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT UPDATE(customer_ref) ON TABLE public.survey_invitation TO cxm_survey_intake;


--
-- Name: TABLE survey_keyed_import; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT ON TABLE public.survey_keyed_import TO cxm_survey_intake;


--
-- Name: TABLE survey_label; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.survey_label TO cxm_survey_intake;


--
-- Name: TABLE survey_meant_import; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT ON TABLE public.survey_meant_import TO cxm_survey_intake;


--
-- Name: TABLE survey_question; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.survey_question TO cxm_survey_intake;
GRANT SELECT ON TABLE public.survey_question TO cxm_survey_read;


--
-- Name: TABLE survey_response; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT INSERT ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.id; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(id) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(id) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.version_id; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(version_id) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(version_id) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.body_hash; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(body_hash),UPDATE(body_hash) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.department_id; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(department_id) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(department_id) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.local_day; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(local_day) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(local_day) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.touchpoint_id; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(touchpoint_id) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(touchpoint_id) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.stage; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(stage) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(stage) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.channel; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(channel) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(channel) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.segment; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(segment) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(segment) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.language; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(language) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(language) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.customer_ref; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT UPDATE(customer_ref) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.occurred_at; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(occurred_at) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(occurred_at) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.received_at; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(received_at) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(received_at) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.answers; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(answers) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(answers),UPDATE(answers) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.withdrawn_at; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(withdrawn_at) ON TABLE public.survey_response TO cxm_survey_read;
GRANT SELECT(withdrawn_at),UPDATE(withdrawn_at) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.imported_by; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(imported_by) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.import_number; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(import_number) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: COLUMN survey_response.corrected_at; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT(corrected_at),UPDATE(corrected_at) ON TABLE public.survey_response TO cxm_survey_intake;


--
-- Name: TABLE survey_secret; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.survey_secret TO cxm_survey_intake;


--
-- Name: TABLE survey_survey; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.survey_survey TO cxm_survey_intake;
GRANT SELECT ON TABLE public.survey_survey TO cxm_survey_read;


--
-- Name: TABLE survey_verbatim; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.survey_verbatim TO cxm_survey_intake;
GRANT SELECT ON TABLE public.survey_verbatim TO cxm_survey_read;


--
-- Name: TABLE survey_version; Type: ACL; Schema: public; Owner: cxm_survey_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.survey_version TO cxm_survey_intake;
GRANT SELECT ON TABLE public.survey_version TO cxm_survey_read;


--
-- PostgreSQL database dump complete
--

\unrestrict cxm

