export const id = 258;
export const ids = [258];
export const modules = {

/***/ 42721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ AzureError)
/* harmony export */ });
class AzureError extends Error {
    operation;
    target;
    status;
    code;
    details;
    about;
    requestId;
    tries;
    retryAfterMs;
    givenUp;
    constructor(facts, cause) {
        const status = facts.status === undefined ? '' : `${facts.status} `;
        const request = facts.requestId === undefined ? '' : ` (x-ms-request-id ${facts.requestId})`;
        const ended = facts.givenUp === undefined ? '' : `; ${facts.givenUp.text}`;
        super(`${facts.operation} of ${facts.target} failed with ${status}${facts.code}: ${facts.message}${request}${ended}`, cause === undefined ? undefined : { cause });
        this.name = 'AzureError';
        this.operation = facts.operation;
        this.target = facts.target;
        this.status = facts.status;
        this.code = facts.code;
        this.details = facts.details ?? [];
        this.about = facts.about;
        this.requestId = facts.requestId;
        this.retryAfterMs = facts.retryAfterMs;
        this.givenUp = facts.givenUp;
        this.tries = facts.tries ?? 1;
    }
}


/***/ }),

/***/ 95726:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ pollPace)
/* harmony export */ });
/* unused harmony export nextPollMs */
const BUCKET = 45;
const REFILL_MS = 60_000 / 15;
const LEAST_MS = 2_000;
const SHARE = 1 / 10;
function nextPollMs({ polls, elapsedMs, retryAfterMs, estimate, longestMs }) {
    if (retryAfterMs !== undefined && retryAfterMs > 0)
        return retryAfterMs;
    const { remainingMs, stillMs } = estimate ?? { remainingMs: 0, stillMs: elapsedMs };
    const wanted = Math.min(Math.max(remainingMs, stillMs * SHARE, LEAST_MS), longestMs);
    const granted = (polls + 1 - BUCKET) * REFILL_MS - elapsedMs;
    return Math.ceil(Math.max(wanted, granted));
}
function pollPace({ longestMs, now }) {
    const startedAt = now();
    let polls = 0;
    return hint => nextPollMs({ polls: ++polls, elapsedMs: now() - startedAt, longestMs, ...hint });
}


/***/ }),

/***/ 11888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ proxyOf)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);

const VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'];
const PORTS = { 'http:': 80, 'https:': 443 };
function proxyOf(env) {
    const name = VARIABLES.flatMap(one => [one, one.toLowerCase()]).find(one => (env[one] ?? '').trim() !== '');
    if (name === undefined)
        return undefined;
    const text = (env[name] ?? '').trim();
    const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
    const url = URL.canParse(whole) ? new URL(whole) : undefined;
    const usual = url && PORTS[url.protocol];
    if (url === undefined || url.hostname === '' || usual === undefined) {
        throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
            reason: 'input-invalid',
            message: `${name}: "${withoutUser(text)}" names no proxy that can be used; it is an http or https URL, such as http://proxy.example:3128`,
            wayOut: `correct the environment variable ${name} of the runner, or take it away`
        });
    }
    return {
        host: `${url.protocol}//${url.hostname}`,
        port: Number(url.port || usual),
        ...(url.username === '' ? {} : { username: decoded(url.username) }),
        ...(url.password === '' ? {} : { password: decoded(url.password) })
    };
}
function decoded(text) {
    try {
        return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
    }
    catch {
        return text;
    }
}
function withoutUser(text) {
    return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1');
}


/***/ }),

/***/ 44919:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   CR: () => (/* binding */ booleanAt),
/* harmony export */   Nd: () => (/* binding */ neededText),
/* harmony export */   Ng: () => (/* binding */ neededOneOf),
/* harmony export */   Xy: () => (/* binding */ objectOf),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   fV: () => (/* binding */ neededNumber),
/* harmony export */   gT: () => (/* binding */ listAt),
/* harmony export */   sw: () => (/* binding */ defined),
/* harmony export */   tk: () => (/* binding */ numberAt),
/* harmony export */   yL: () => (/* binding */ oneOf),
/* harmony export */   zR: () => (/* binding */ recordAt)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);

function at(json, path) {
    let value = json;
    for (const name of path.split('.')) {
        if (!(0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(value))
            return undefined;
        value = property(value, name);
    }
    return value ?? undefined;
}
function property(json, name) {
    if (Object.hasOwn(json, name))
        return json[name];
    const wanted = name.toLowerCase();
    const key = Object.keys(json).find(candidate => candidate.toLowerCase() === wanted);
    return key === undefined ? undefined : json[key];
}
function textAt(json, path) {
    const value = at(json, path);
    return typeof value === 'string' ? value : undefined;
}
function neededText(json, path) {
    const value = textAt(json, path);
    if (value === undefined)
        throw new Error(`${path}: missing in the answer`);
    return value;
}
function numberAt(json, path) {
    const value = at(json, path);
    if (typeof value === 'number')
        return value;
    return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
function neededNumber(json, path) {
    const value = numberAt(json, path);
    if (value === undefined)
        throw new Error(`${path}: missing in the answer`);
    return value;
}
function booleanAt(json, path) {
    const value = at(json, path);
    return typeof value === 'boolean' ? value : undefined;
}
function listAt(json, path) {
    const value = at(json, path);
    return Array.isArray(value) ? value : [];
}
function recordAt(json, path) {
    const value = at(json, path);
    if (!(0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(value))
        return {};
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
}
function oneOf(json, path, allowed) {
    const text = textAt(json, path);
    if (text === undefined)
        return undefined;
    const found = allowed.find(value => value.toLowerCase() === text.toLowerCase());
    if (found === undefined)
        throw new Error(`${path}: "${text}" is unknown; known are ${allowed.join(', ')}`);
    return found;
}
function neededOneOf(json, path, allowed) {
    const value = oneOf(json, path, allowed);
    if (value === undefined)
        throw new Error(`${path}: missing in the answer`);
    return value;
}
function objectOf(json) {
    if (!(0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(json))
        throw new Error(`the answer is ${json === undefined ? 'empty' : 'not an object'}`);
    return json;
}
function defined(view) {
    return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
}


/***/ }),

/***/ 98553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ retryAfterMs)
/* harmony export */ });
function retryAfterMs(headers, now) {
    for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
        const ms = wholeNumber(headers.get(name));
        if (ms !== undefined)
            return ms;
    }
    const text = headers.get('retry-after');
    const seconds = wholeNumber(text);
    if (seconds !== undefined)
        return seconds * 1_000;
    const date = Date.parse(headers.get('date') ?? '');
    const wait = Date.parse(text ?? '') - (Number.isFinite(date) ? date : now);
    return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
function wholeNumber(text) {
    return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}


/***/ }),

/***/ 40555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ IdTokenError),
/* harmony export */   g: () => (/* binding */ requestIdToken)
/* harmony export */ });
/* harmony import */ var _shared_elapsed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65940);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11888);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44919);
/* harmony import */ var _retry_after_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(98553);




class IdTokenError extends Error {
    status;
    retryAfterMs;
    mayPass;
    constructor(message, facts) {
        super(message);
        this.name = 'IdTokenError';
        this.status = facts.status;
        this.retryAfterMs = facts.retryAfterMs;
        this.mayPass = facts.mayPass;
    }
}
async function requestIdToken({ env, clock, httpClient }, audience) {
    const [base, token] = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'].map(name => {
        const value = env[name];
        if (!value)
            throw new IdTokenError(`Unable to get ${name} env variable`, { mayPass: false });
        return value;
    });
    const url = `${base}&audience=${encodeURIComponent(audience)}`;
    refuseOpen(url);
    const { withPatience } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(257)]).then(__webpack_require__.bind(__webpack_require__, 92257));
    const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest, isRestError } = await __webpack_require__.e(/* import() */ 818).then(__webpack_require__.bind(__webpack_require__, 1818));
    const proxy = (0,_proxy_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyOf */ .O)(env);
    const options = { redirectOptions: { maxRetries: 0 }, retryOptions: { maxRetries: 0 } };
    const pipeline = createPipelineFromOptions({ ...options, ...(proxy && { proxyOptions: proxy }) });
    const headers = createHttpHeaders({ accept: 'application/json', authorization: `Bearer ${token}` });
    const request = createPipelineRequest({ url, headers, allowInsecureConnection: url.startsWith('http:') });
    try {
        const client = withPatience(httpClient ?? createDefaultHttpClient(), clock);
        return tokenOf(await pipeline.sendRequest(client, request), clock.now());
    }
    catch (error) {
        if (isRestError(error))
            throw new IdTokenError(`no answer: ${error.message}`, { mayPass: true });
        throw error;
    }
}
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
function refuseOpen(url) {
    const { protocol, hostname, host } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '', host: '' };
    if (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)))
        return;
    const message = `ACTIONS_ID_TOKEN_REQUEST_URL: "${protocol}//${host}" is not an https URL; the job’s token travels over https only`;
    throw new IdTokenError(message, { mayPass: false });
}
function tokenOf({ status, headers, bodyAsText }, now) {
    const body = parsed(bodyAsText ?? '');
    const token = (0,_read_json_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(body, 'value');
    if (status === 200 && token !== undefined && token !== '')
        return token;
    const said = (0,_read_json_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(body, 'message') ?? (status === 200 ? 'an answer without a token' : '');
    const elsewhere = status >= 300 && status < 400 ? 'a redirect, which is not followed' : said;
    const askedMs = (0,_retry_after_js__WEBPACK_IMPORTED_MODULE_3__/* .retryAfterMs */ .V)(headers, now);
    const asks = askedMs === undefined ? '' : `, and asks to wait ${(0,_shared_elapsed_js__WEBPACK_IMPORTED_MODULE_0__/* .elapsedText */ .Q)(askedMs)}`;
    throw new IdTokenError(`GitHub answered ${status}${elsewhere === '' ? '' : `: ${elsewhere}`}${asks}`, {
        status,
        retryAfterMs: askedMs,
        mayPass: status === 200 || status === 408 || status === 429 || status >= 500
    });
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 11803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ readJob)
/* harmony export */ });
/* harmony import */ var _jwt_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1449);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44919);


function readJob(env, readText) {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env;
    const fork = forkOf(env, readText);
    const endS = (0,_read_json_js__WEBPACK_IMPORTED_MODULE_0__/* .numberAt */ .tk)((0,_jwt_js__WEBPACK_IMPORTED_MODULE_1__/* .claimsOf */ .d)(token ?? ''), 'exp');
    return {
        inGitHub: env['GITHUB_ACTIONS'] === 'true',
        mayAskForIdTokens: Boolean(url) && Boolean(token),
        ...(fork === undefined ? {} : { fork }),
        ...(endS === undefined ? {} : { asksUntil: endS * 1_000 })
    };
}
function forkOf(env, readText) {
    const { GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path = '', GITHUB_REPOSITORY: own = '' } = env;
    if (!/^pull_request/.test(name) || path === '')
        return undefined;
    try {
        const event = JSON.parse(readText(path));
        const head = (0,_read_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(event, 'pull_request.head.repo.full_name') ?? (0,_read_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(event, 'pull_request.head.label');
        return head === undefined || head.toLowerCase() === own.toLowerCase() ? undefined : head;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ claimsOf),
/* harmony export */   x: () => (/* binding */ factsOf)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44919);


function claimsOf(token) {
    try {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
        return (0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(claims) ? claims : undefined;
    }
    catch {
        return undefined;
    }
}
function factsOf(idToken) {
    const claims = claimsOf(idToken);
    const subject = (0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)(claims, 'sub');
    if (claims === undefined || subject === undefined)
        return undefined;
    const otherForm = otherFormOf(subject, claims);
    return {
        subject,
        issuer: (0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)(claims, 'iss') ?? '',
        audience: (0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)(claims, 'aud') ?? '',
        from: ((0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .numberAt */ .tk)(claims, 'nbf') ?? (0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .numberAt */ .tk)(claims, 'iat') ?? 0) * 1_000,
        until: ((0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .numberAt */ .tk)(claims, 'exp') ?? 0) * 1_000,
        ...(otherForm === undefined ? {} : { otherForm })
    };
}
function otherFormOf(subject, claims) {
    const [, owner, withId, name, rest] = /^repo:([^/@:]+)(@\d+)?\/([^/@:]+)(?:@\d+)?(:.*)$/s.exec(subject) ?? [];
    if (owner === undefined || name === undefined || rest === undefined)
        return undefined;
    if (withId !== undefined)
        return `repo:${owner}/${name}${rest}`;
    const [ownerId, id] = ['repository_owner_id', 'repository_id'].map(key => (0,_read_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textAt */ .$6)(claims, key));
    return ownerId === undefined || id === undefined ? undefined : `repo:${owner}@${ownerId}/${name}@${id}${rest}`;
}


/***/ }),

/***/ 89562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ writeAgain)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42721);

const LOOKS = 5;
async function writeAgain(first, { write, lookAgain }) {
    let seen = first;
    for (let looks = 1;; looks += 1) {
        try {
            return await write(seen);
        }
        catch (error) {
            if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AzureError */ .M) || error.status !== 412 || looks === LOOKS)
                throw error;
            const again = await lookAgain(seen);
            if (again.done)
                return again.seen;
            seen = again.seen;
        }
    }
}


/***/ }),

/***/ 80646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ connectTo)
/* harmony export */ });
/* harmony import */ var _azure_sign_in_job_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11803);
/* harmony import */ var _azure_proxy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11888);
/* harmony import */ var _shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44114);



async function connectTo(deps, spec, signal) {
    const { connect } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(669)]).then(__webpack_require__.bind(__webpack_require__, 65669));
    return connect({
        cloud: spec.cloud,
        signIn: spec.signIn,
        clock: deps.clock,
        ...(deps.httpClient === undefined ? {} : { httpClient: deps.httpClient }),
        getIdToken: deps.getIdToken,
        pollIntervalMs: spec.pollIntervalMs,
        userAgent: 'batch-image-rollout',
        job: (0,_azure_sign_in_job_js__WEBPACK_IMPORTED_MODULE_1__/* .readJob */ .c)(deps.env, deps.readText ?? (() => '')),
        ...(deps.hide === undefined ? {} : { hide: deps.hide }),
        debug: line => deps.log.debug(line),
        say: line => deps.log.say((0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .logLine */ .BP)(line)),
        random: deps.random,
        proxy: (0,_azure_proxy_js__WEBPACK_IMPORTED_MODULE_0__/* .proxyOf */ .O)(deps.env),
        ahead: ({ method, path }) => deps.journal?.write({ at: deps.clock.now(), event: 'call', method, target: path }),
        signal
    });
}


/***/ }),

/***/ 28678:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ attemptStep)
});

// EXTERNAL MODULE: ./build/model/step.js
var model_step = __webpack_require__(71710);
// EXTERNAL MODULE: ./build/model/step-kinds.js
var step_kinds = __webpack_require__(23680);
// EXTERNAL MODULE: ./build/shared/elapsed.js
var elapsed = __webpack_require__(65940);
// EXTERNAL MODULE: ./build/shared/heartbeat.js
var heartbeat = __webpack_require__(70168);
// EXTERNAL MODULE: ./build/shared/text.js
var shared_text = __webpack_require__(89853);
// EXTERNAL MODULE: ./build/model/node-state.js
var node_state = __webpack_require__(62976);
// EXTERNAL MODULE: ./build/rules/node-health.js
var node_health = __webpack_require__(33569);
// EXTERNAL MODULE: ./build/rules/node-targets.js
var node_targets = __webpack_require__(19817);
// EXTERNAL MODULE: ./build/shared/duration.js
var duration = __webpack_require__(80290);
;// CONCATENATED MODULE: ./build/decide/overruled.js

function overruledBy({ scale }, asked) {
    if (scale.kind === 'fixed' && (0,node_targets/* sameTargets */.nu)((0,node_targets/* targetsOf */.QR)(scale), asked))
        return undefined;
    const now = scale.kind === 'auto' ? 'an autoscale formula' : (0,node_targets/* describeTargets */.Eg)((0,node_targets/* targetsOf */.QR)(scale));
    return {
        kind: 'halt',
        failure: 'pool-changed',
        reason: `this run asked for ${(0,node_targets/* describeTargets */.Eg)(asked)}, and the pool now has ${now}`,
        wayOut: 'find out who else resizes the pool, then run again'
    };
}

;// CONCATENATED MODULE: ./build/decide/bake.js





function decideBake(step, view) {
    const { pool, nodes, msSinceBegun } = view;
    const overruled = step.goal && overruledBy(pool, step.goal);
    if (overruled !== undefined)
        return overruled;
    const isOver = msSinceBegun >= step.bakeMs;
    const expected = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool));
    const all = (0,node_health/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
    const [tally, here] = isOver && step.goal === undefined ? withoutNew(step, nodes, all, expected) : [all, expected];
    const where = describeTally(all);
    const health = (0,node_health/* judgeHealth */.u7)({
        tally,
        expected: here,
        msShort: view.msShort,
        outOf: expected,
        maxUnhealthy: step.maxUnhealthy,
        nodeTimeoutMs: step.nodeTimeoutMs,
        hasChance: false
    });
    const bake = `the bake of ${(0,duration/* formatDurationMs */.u)(step.bakeMs)}`;
    const time = isOver ? `after ${bake}` : `${(0,duration/* formatDurationMs */.u)(minutes(msSinceBegun))} into ${bake}`;
    if (health.kind === 'bad') {
        const { kind: _kind, reason, ...verdict } = health;
        return {
            kind: 'halt',
            ...verdict,
            reason: `${time}: ${reason}`,
            ...(isCommon(nodes, expected) ? { blamesImage: true } : {})
        };
    }
    if (!isOver)
        return step.bakeMs - msSinceBegun > view.msLeft ? tooLate(step, view) : { kind: 'wait', reason: where };
    switch (health.kind) {
        case 'healthy':
            return { kind: 'done', reason: `${where} after ${(0,duration/* formatDurationMs */.u)(step.bakeMs)}` };
        case 'wait':
            return health;
        case 'apart':
            if (expected === 0 && step.goal === undefined)
                return { kind: 'done', reason: all.states };
            return (tally.preemptedMs ?? Infinity) <= step.nodeTimeoutMs
                ? { kind: 'wait', reason: `${all.states}: Batch may bring them back` }
                : { kind: 'halt', ...(0,node_health/* apartVerdict */.KZ)(all, step.nodeTimeoutMs) };
    }
}
const NEW = new Set(['creating', 'starting', 'waitingforstarttask']);
function withoutNew({ nodeTimeoutMs }, nodes, all, expected) {
    if (all.healthy === 0)
        return [all, expected];
    const bad = new Set(all.bad);
    const settled = nodes.filter(aged => bad.has(aged) || !NEW.has(aged.node.state));
    return [(0,node_health/* tallyNodes */.g4)(settled, nodeTimeoutMs), settled.length];
}
function isCommon(nodes, expected) {
    const failed = nodes.filter(({ node }) => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy').length;
    return failed >= 2 && 2 * failed > expected;
}
function tooLate({ bakeMs }, { msLeft, msSinceBegun }) {
    const [left, needed] = [minutes(Math.max(0, msLeft)), bakeMs - minutes(msSinceBegun)];
    return {
        kind: 'halt',
        failure: 'deadline-exceeded',
        reason: `the nodes are to stay healthy for another ${(0,duration/* formatDurationMs */.u)(needed)}, and the deadline is up in ${(0,duration/* formatDurationMs */.u)(left)}`,
        wayOut: 'run again, which begins with the bake; or give it longer (deadline), or less of it (bake)'
    };
}
const minutes = (ms) => Math.floor(ms / 60_000) * 60_000;
function describeTally({ total, healthy, unhealthy, stuck, apart, pending }) {
    const parts = [
        [unhealthy, 'unhealthy'],
        [stuck, 'stuck'],
        [pending, 'not ready, or awaited back'],
        [apart, 'preempted or taken out']
    ];
    const others = parts.filter(([count]) => count > 0).map(([count, what]) => `, ${count} ${what}`);
    return total === 0 ? 'no nodes' : `${healthy} of ${total} ${total === 1 ? 'node' : 'nodes'} healthy${others.join('')}`;
}

// EXTERNAL MODULE: ./build/shared/utc.js
var utc = __webpack_require__(22706);
// EXTERNAL MODULE: ./build/execute/loop.js
var loop = __webpack_require__(35304);
// EXTERNAL MODULE: ./build/execute/node-looks.js
var node_looks = __webpack_require__(19743);
// EXTERNAL MODULE: ./build/execute/pool-changes.js + 1 modules
var pool_changes = __webpack_require__(65754);
// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
;// CONCATENATED MODULE: ./build/execute/output-lines.js

const MOST_BYTES = 4_096;
const MOST_LINES = 15;
async function outputLines({ signal }, path, read) {
    try {
        const lines = (await read(MOST_BYTES)).split(/\r?\n/).filter(line => line.trim() !== '');
        return lines.slice(-MOST_LINES).map(line => `  ${path.split('/').at(-1)}: ${line}`);
    }
    catch (error) {
        if (error instanceof errors/* AzureError */.M && !signal.aborted)
            return [];
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/execute/start-task-output.js



const MOST_NODES = 3;
const FILES = ['startup/stderr.txt', 'startup/stdout.txt'];
async function startTaskOutput(run, address, bad) {
    const failed = bad.filter(({ node }) => node.state === 'starttaskfailed').slice(0, MOST_NODES);
    const read = failed.map(async ({ node: { nodeId } }) => {
        const read = (path) => (bytes) => (0,node_looks/* serviceOf */.z5)(run, address).nodeFileEnd((0,arm_id/* nameOf */.Vb)(address.poolId), { nodeId, path, bytes });
        const ends = await Promise.all(FILES.map(path => outputLines(run, path, read(path))));
        return [nodeId, ends.flat()];
    });
    return new Map((await Promise.all(read)).filter(([, lines]) => lines.length > 0));
}

;// CONCATENATED MODULE: ./build/execute/bake-nodes.js








async function bakeNodes(run, step) {
    const looks = (0,node_looks/* nodeLooks */.NT)(run);
    const { metadata } = step;
    run.say(step.id, `the nodes must stay healthy until ${(0,utc/* utcSeconds */.k)(run.clock.now() + step.bakeMs)}`);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ sinceMs }) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            const { nodes, msShort } = looks.at(await (0,node_looks/* readNodes */.g0)(run, step), (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)));
            return { pool, nodes, msShort, msSinceBegun: sinceMs(), msLeft: run.deadlineAt - run.clock.now() };
        },
        decide: view => decideBake(step, view),
        tell: (0,loop/* teller */.FW)(run, step.id),
        act: async (_wait, { look: { pool } }) => {
            if (metadata !== undefined)
                await (0,pool_changes/* renewLease */.EH)(run, { ...step, metadata }, pool);
            return undefined;
        },
        errorOf: async (verdict, { nodes }) => {
            if (verdict.blamesImage === true)
                run.known.conditions.add('image-blamed');
            const { bad } = (0,node_health/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
            return (0,node_looks/* halted */.TU)(run, step, { verdict, bad, output: await startTaskOutput(run, step, bad) });
        },
        expectMs: step.bakeMs
    });
    return done.reason;
}

// EXTERNAL MODULE: ./build/rules/describe-nodes.js
var describe_nodes = __webpack_require__(99987);
// EXTERNAL MODULE: ./build/rules/scale-body.js
var scale_body = __webpack_require__(40543);
// EXTERNAL MODULE: ./build/model/relayed-error.js
var relayed_error = __webpack_require__(87633);
;// CONCATENATED MODULE: ./build/model/resize-errors.js
const SUPPORT = 'Azure batch pool resizing failure (2024-02-19)';
const CODES = 'PoolResizeErrorCodes of the Batch client libraries';
const RELAYED = 'batch-pool-node-error-checking (relayed provider errors)';
const MORE_CAPACITY = 'run again later, or ask for another vmSize or region; a longer resize-timeout helps a slow region';
const MORE_BATCH_QUOTA = 'ask for more quota of the Batch account, or shrink another pool, then run again';
const AS_POLICY_WANTS = 'change the pool spec as the policy that the error names wants it, or ask those who run the policy for an exemption';
const ANOTHER_SIZE = 'choose another vmSize in the pool spec, one that Batch offers in the region for such a pool';
const MISSING = 'find out what became of what the error names, which the pool needs (image, subnet, disk encryption set), and make it again or name another in the pool spec';
const ACCEPT_TERMS = 'accept the marketplace image’s terms once in the subscription that makes the nodes (az vm image terms accept), and give the image definition the purchase plan of its base image';
const RESIZE_ERRORS = [
    { codes: ['AllocationTimedout'], remedy: 'retry', wayOut: MORE_CAPACITY, source: SUPPORT },
    {
        codes: ['InsufficientSampleData'],
        remedy: 'retry',
        reason: 'autoscale-failed',
        wayOut: 'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them',
        source: 'Automatically scale Batch pools; Pool autoscale event'
    },
    { codes: ['RemoveNodesFailed', 'Unknown'], remedy: 'retry', wayOut: MORE_CAPACITY, source: CODES },
    {
        codes: ['PoolBeingResized'],
        remedy: 'retry',
        wayOut: 'find out who else resizes the pool, then run again',
        source: 'Batch status and error codes'
    },
    {
        codes: ['ResizeStopped'],
        remedy: 'give-up',
        wayOut: 'find out who has stopped the resize (the pool’s activity log), then run again',
        source: `${SUPPORT}; recorded`
    },
    {
        codes: [
            'AccountCoreQuotaReached',
            'AccountLowPriorityCoreQuotaReached',
            'AccountSpotCoreQuotaReached',
            'AccountVMSeriesCoreQuotaReached'
        ],
        remedy: 'wait-for-quota',
        reason: 'quota-reached',
        wayOut: MORE_BATCH_QUOTA,
        source: `${SUPPORT}; recorded`
    },
    {
        codes: ['CommunicationEnabledPoolReachedMaxVMCount'],
        remedy: 'fix-input',
        wayOut: 'ask for fewer nodes, or leave interNodeCommunication out of the pool spec: such a pool has a limit of its own',
        source: CODES
    },
    { codes: ['UnsupportedVMSize', 'IncompatibleVMSize'], remedy: 'fix-input', wayOut: ANOTHER_SIZE, source: CODES },
    {
        codes: ['OverconstrainedAllocationRequestError'],
        remedy: 'fix-input',
        wayOut: 'ask for less at once in the pool spec (vmSize, zones, kind of disk), or in another region',
        source: CODES
    },
    { codes: ['DependentResourceNotFound'], remedy: 'fix-input', wayOut: MISSING, source: CODES },
    {
        codes: ['DiskEncryptionFailure'],
        remedy: 'fix-input',
        wayOut: 'correct diskEncryptionConfiguration in the pool spec, or the access of its disk encryption set to the key',
        source: CODES
    },
    {
        codes: ['FailedIdentityOperation'],
        remedy: 'fix-input',
        wayOut: 'correct the identities of the pool spec: they must exist, and Batch must be allowed to assign them',
        source: CODES
    },
    { codes: ['MissingPublisherPropertyInMarketPlacePlan'], remedy: 'fix-input', wayOut: ACCEPT_TERMS, source: CODES },
    {
        codes: [
            'OperationsRestrictedByPolicy',
            'OperationsOnPublicIPRestrictedByPolicy',
            'OperationsOnVirtualNetworkRestrictedByPolicy'
        ],
        remedy: 'fix-input',
        reason: 'policy-denied',
        wayOut: AS_POLICY_WANTS,
        source: CODES
    }
];
const ALLOCATION_FAILURES = [
    {
        codes: ['RequestDisallowedByPolicy'],
        says: /\bwas disallowed by policy\b/i,
        remedy: 'fix-input',
        reason: 'policy-denied',
        wayOut: AS_POLICY_WANTS,
        source: 'Azure Policy, effect deny'
    },
    {
        codes: ['ScopeLocked'],
        says: /\bscope\(s\) are locked\b/i,
        remedy: 'fix-input',
        wayOut: 'ask who holds the lock that the error names to take it off (az lock list), then run again',
        source: RELAYED
    },
    {
        codes: ['GalleryImageNotFound', 'ImageNotFound', 'PlatformImageNotFound'],
        says: /\bimages?( versions?)?\b.{0,200}\b((was|were|is|could|can|be)( not|not) found|does not exist|has no replica|(has been|was|is) deleted)\b/i,
        remedy: 'fix-input',
        wayOut: 'make the image again (another "image-version"), or add the account’s region to it again ("target-regions"): nodes need it for as long as the pool grows',
        source: `${RELAYED}; batch-sig-images; the code by packer-plugin-azure`
    },
    {
        codes: ['SubnetIsFull'],
        says: /\bnot (have )?enough (capacity|free addresses|addresses) for \d+ (private )?IP ?addresses\b|\bsubnet\b.{0,200}\bis full\b/i,
        remedy: 'fix-input',
        wayOut: 'enlarge the subnet of the pool, free addresses in it, or ask for fewer nodes: Azure keeps 5 addresses of each subnet for itself',
        source: 'azure-docs#88211, karpenter-provider-azure#734'
    },
    {
        codes: [],
        says: /\bsubnet\b.{0,200}\bdelegat(ed|ions?)\b|\bdelegation to external resources\b/i,
        remedy: 'fix-input',
        wayOut: 'take the delegation off the subnet of the pool, or name another subnet (networkConfiguration.subnetId)',
        source: SUPPORT
    },
    {
        codes: ['NetworkSecurityGroupsNotAllowed', 'InvalidNetworkSecurityGroup'],
        says: /\bnetwork security (group|rule)s?\b.{0,200}\b(block|den(y|ies|ied)|not allow|does not|invalid|missing|conflict)/i,
        remedy: 'fix-input',
        wayOut: 'let Batch’s own traffic pass in the network security group of the pool’s subnet (service tag BatchNodeManagement)',
        source: 'batch-virtual-network; the text is a guess'
    },
    {
        codes: ['SubnetNotFound', 'VirtualNetworkNotFound', 'DiskEncryptionSetNotFound', 'ResourceNotFound', 'NotFound'],
        remedy: 'fix-input',
        wayOut: MISSING,
        source: RELAYED
    },
    {
        codes: [],
        says: /\bVM size\b.{0,100}\b(does not|doesn't) support (the )?storage account type\b|\bstorage account type\b.{0,100}\bnot supported\b/i,
        remedy: 'fix-input',
        wayOut: 'in the pool spec choose another kind of disk (osDisk.managedDisk.storageAccountType, and of dataDisks managedDisk.storageAccountType or storageAccountType), or a vmSize that takes it: premium storage needs a size with an "s" in its name',
        source: 'azure-docs#119870'
    },
    {
        codes: [],
        says: /\bephemeral (os disks?|vms?)\b/i,
        remedy: 'fix-input',
        wayOut: 'choose a vmSize whose cache or temporary disk holds the image’s OS disk, or leave osDisk.ephemeralOSDiskSettings out of the pool spec',
        source: 'ephemeral-os-disks'
    },
    {
        codes: [],
        says: /\bcannot boot hypervisor generation\b/i,
        remedy: 'fix-input',
        wayOut: 'choose a vmSize in the pool spec that boots the generation of the image (HyperVGenerations of az vm list-skus)',
        source: `${SUPPORT}; ${RELAYED}`
    },
    {
        codes: [],
        says: /\bnot (valid|supported)\b.{0,160}\bsecurity ?type\b|\bsecurity ?(type|profile)\b.{0,160}\b(not (valid|supported|compatible|allowed)|invalid|mismatch|required|must be)\b|\b(trusted ?launch|confidential ?vm)\b.{0,160}\b(not (valid|supported|compatible)|only supported|required|must be)\b/i,
        remedy: 'fix-input',
        wayOut: 'make image and pool of one security type: securityProfile of the pool spec, SecurityType of the image definition, and a vmSize that has it',
        source: 'trusted-launch (its error messages)'
    },
    {
        codes: ['MarketplacePurchaseEligibilityFailed', 'ResourcePurchaseValidationFailed', 'VMMarketplaceInvalidInput'],
        says: /\blegal terms have not been accepted\b|\bmarketplace purchase eligibility\b|\bplan information\b.{0,160}\b(missing|required|must|not)\b/i,
        remedy: 'fix-input',
        wayOut: ACCEPT_TERMS,
        source: 'azure-docs#84662; recorded for VMs (azure-sdk-for-net, 2019)'
    },
    {
        codes: ['SkuNotAvailable', 'NotAvailableForSubscription'],
        says: /\brequested (vm )?size\b.{0,200}\bnot available\b/i,
        remedy: 'fix-input',
        wayOut: 'choose another vmSize or region (az vm list-skus --location), or ask Azure’s support to open the size for the subscription',
        source: 'error-sku-not-available'
    },
    {
        codes: ['QuotaExceeded'],
        says: /\bexceed\w* (approved|quota limits?)\b|\bcore quota\b.{0,80}\b(reached|exceeded)\b/i,
        remedy: 'wait-for-quota',
        reason: 'azure-quota-reached',
        wayOut: 'ask for more vCPUs of the subscription that makes the nodes, in that region (Azure portal, Quotas; az vm list-usage), or free some, then run again',
        source: 'recorded: OperationNotAllowed for cores (azure-libraries-for-java); user-subscription accounts'
    },
    {
        codes: ['OverconstrainedAllocationRequest', 'OverconstrainedZonalAllocationRequest'],
        remedy: 'fix-input',
        wayOut: 'ask for less at once in the pool spec (vmSize, zones, kind of disk), or in another region',
        source: 'allocation-failure'
    },
    {
        codes: ['KeyVaultAccessForbidden'],
        says: /\bnot authorized to access (the )?key ?vault\b|\bkey ?vault\b.{0,160}\b(access denied|forbidden|no access)\b/i,
        remedy: 'fix-input',
        wayOut: 'give Batch access to the key vault of the account (user subscription) or of the disk encryption set',
        source: SUPPORT
    },
    {
        codes: ['LinkedAuthorizationFailed', 'AuthorizationFailed'],
        says: /\bdesired permissions\b|\b(does not|doesn't) have (permission|authorization) to perform action\b|\bnot authorized to (perform|access)\b/i,
        remedy: 'fix-input',
        wayOut: 'give Batch the role that the error names: in a user-subscription account to "Microsoft Azure Batch" on the subscription, else on image, subnet or key',
        source: SUPPORT
    },
    {
        codes: ['AllocationFailed', 'ZonalAllocationFailed'],
        says: /\binsufficient capacity\b|\b(sufficient|enough) (available )?capacity (for the requested vm size|in (this|the) (region|zone|cluster))\b/i,
        remedy: 'retry',
        wayOut: MORE_CAPACITY,
        source: `${SUPPORT}; allocation-failure`
    },
    {
        codes: [
            'InternalServerError',
            'InternalError',
            'InternalExecutionError',
            'InternalOperationError',
            'ServerTimeout'
        ],
        says: /\binternal (server )?error\b/i,
        remedy: 'retry',
        wayOut: MORE_CAPACITY,
        source: SUPPORT
    }
];

;// CONCATENATED MODULE: ./build/model/remedy.js


function resizeMeaning(error) {
    const row = isCode(error.code, 'AllocationFailed') ? allocationFailure(error) : rowOf(error.code);
    if (row === undefined) {
        return { remedy: 'give-up', reason: 'allocation-failed', repetition: 'unknown', wayOut: unknownWayOut(error) };
    }
    const { remedy, reason = 'allocation-failed', wayOut } = row;
    return { remedy, reason, repetition: REPETITION[remedy], wayOut };
}
function remedyOf(error) {
    return resizeMeaning(error).remedy;
}
const REPETITION = {
    retry: 'helps',
    'wait-for-quota': 'after-change',
    'fix-input': 'after-change',
    'give-up': 'helps'
};
const LONGEST = 20_000;
const isCode = (a, b) => a.toLowerCase() === b.toLowerCase();
const rowOf = (code) => RESIZE_ERRORS.find(({ codes }) => codes.some(one => isCode(one, code)));
function allocationFailure({ message = '', details = [] }) {
    const texts = [message, ...details.map(detail => detail.message ?? '')];
    const relayed = texts.flatMap(text => (0,relayed_error/* relayedErrors */.C)(text));
    const codes = [...relayed, ...details].map(({ code = '' }) => code);
    const text = [...texts, ...relayed.map(one => one.message)].join('\n').slice(0, LONGEST);
    const fits = ({ codes: known, says }) => known.some(one => codes.some(code => isCode(one, code))) || (says?.test(text) ?? false);
    return ALLOCATION_FAILURES.find(fits);
}
function unknownWayOut({ code }) {
    return `this action doesn’t know this "${code}", and does not retry it: see what its details mind (image, size, disks, network, quota)`;
}

// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
;// CONCATENATED MODULE: ./build/decide/ask-nodes.js

function ask(pool, target, reason, { attempt, chances, hadChance, isDenied } = { attempt: 1 }) {
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const formerStartTime = pool.resize?.startTime;
    const since = {
        attempt,
        had: has,
        ...(formerStartTime === undefined ? {} : { formerStartTime }),
        ...(chances === undefined ? {} : { chances }),
        ...(hadChance === undefined ? {} : { hadChance }),
        ...(isDenied === undefined ? {} : { isDenied })
    };
    if (pool.scale.kind === 'fixed' && (0,node_targets/* sameTargets */.nu)((0,node_targets/* targetsOf */.QR)(pool.scale), target)) {
        return {
            kind: 'resize',
            progress: { target: has, then: target, ...since },
            reason: `${reason}, by way of ${(0,node_targets/* describeTargets */.Eg)(has)}`
        };
    }
    return { kind: 'resize', progress: { target, ...since }, reason };
}

;// CONCATENATED MODULE: ./build/decide/second-chance.js

const second_chance_MOST_NODES = 100;
function secondChance({ step, pool, progress, tally }) {
    const { chances = 0, isDenied } = progress;
    if (isDenied === true || pool.scale.kind !== 'fixed' || chances >= 2 * step.repairAttempts)
        return undefined;
    const by = chances % 2 === 0 ? 'reboot' : 'replace';
    const most = by === 'reboot' ? Infinity : Math.min(second_chance_MOST_NODES, waveOf(step));
    const nodes = tally.bad.slice(0, most).map(({ node }) => node);
    const left = without(pool, nodes);
    if (by === 'replace' && step.hadNodes === true && (0,node_targets/* totalOf */.e6)(left) === 0)
        return undefined;
    const ifRefused = { ...progress, chances: chances + 1 };
    const next = { ...ifRefused, hadChance: true };
    const which = nodes.length === 1 ? 'the node is' : `${nodes.length} nodes are`;
    return {
        kind: 'second-chance',
        by,
        nodeIds: nodes.map(({ nodeId }) => nodeId),
        progress: by === 'reboot' ? next : { ...next, target: left, then: regrown(step, progress.target, left), isReplacing: true },
        ifRefused,
        ifDenied: { ...progress, isDenied: true },
        reason: `before that is judged, ${which} ${by === 'reboot' ? 'rebooted' : 'replaced'}`
    };
}
function waveOf({ waveSize, canaryNodes }) {
    return waveSize === 'all' ? second_chance_MOST_NODES : Math.max(waveSize, canaryNodes);
}
function without({ currentDedicatedNodes, currentLowPriorityNodes }, nodes) {
    const dedicated = nodes.filter(({ isDedicated }) => isDedicated).length;
    return {
        dedicated: Math.max(0, currentDedicatedNodes - dedicated),
        lowPriority: Math.max(0, currentLowPriorityNodes - (nodes.length - dedicated))
    };
}
function regrown(step, target, left) {
    return (0,node_targets/* totalOf */.e6)(left) === 0
        ? (0,node_targets/* firstTargets */.dI)(step.goal, step.canaryNodes, step.waveSize)
        : (0,node_targets/* nextTargets */.GZ)(left, target, waveOf(step));
}

;// CONCATENATED MODULE: ./build/decide/wave-verdict.js




function judge(step, view, progress, where) {
    const { pool, nodes: tally, msShort } = view;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    if ((0,node_targets/* totalOf */.e6)(has) > 0) {
        if (tally === undefined)
            return { kind: 'look-at-nodes', reason: `${where}; steady` };
        const chance = secondChance({ step, pool, progress, tally });
        const health = (0,node_health/* judgeHealth */.u7)({
            tally,
            expected: (0,node_targets/* totalOf */.e6)(has),
            msShort,
            outOf: (0,node_targets/* totalOf */.e6)(progress.target),
            maxUnhealthy: step.maxUnhealthy,
            nodeTimeoutMs: step.nodeTimeoutMs,
            hasChance: chance !== undefined
        });
        if (health.kind === 'wait')
            return { kind: 'wait', reason: `${where}; ${health.reason}` };
        if (health.kind === 'apart')
            return another(step, { pool, tally }, progress, where);
        if (health.kind === 'bad') {
            const reason = `${where}; ${health.reason}`;
            if (chance !== undefined && chance.nodeIds.length > 0)
                return { ...chance, reason: `${reason}; ${chance.reason}` };
            return {
                ...health,
                kind: 'halt',
                reason,
                ...wayOutOf(step),
                ...(repeats(step, progress, tally) ? { blamesImage: true } : {})
            };
        }
    }
    if ((0,node_targets/* sameTargets */.nu)(progress.target, step.goal))
        return { kind: 'done', reason: `${where}, healthy` };
    const target = (0,node_targets/* isShort */.tQ)(has, step.goal) ? wave(step, has) : step.goal;
    return ask(pool, target, `${where} healthy; next wave to ${(0,node_targets/* describeTargets */.Eg)(target)}`);
}
function wayOutOf({ proofOf }) {
    return proofOf === undefined
        ? {}
        : { wayOut: `look at the nodes’ errors; pool ${proofOf} is as it was, and the temporary pool goes with its nodes` };
}
function repeats(step, { hadChance, target }, { against, healthy }) {
    const tooMany = against > (0,node_health/* allowedUnhealthy */.xQ)(step.maxUnhealthy, (0,node_targets/* totalOf */.e6)(target));
    return hadChance === true && against > 0 && (tooMany || healthy === 0);
}
function another(step, { pool, tally }, progress, where) {
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const more = Math.min(tally.apart, step.waveSize === 'all' ? tally.apart : step.waveSize);
    const target = (0,node_targets/* nextTargets */.GZ)(has, step.goal, more);
    if (!(0,node_targets/* sameTargets */.nu)(target, has)) {
        return ask(pool, target, `${where}; ${tally.states}: on to ${(0,node_targets/* describeTargets */.Eg)(target)}`, progress);
    }
    if ((tally.preemptedMs ?? Infinity) <= step.nodeTimeoutMs) {
        return { kind: 'wait', reason: `${where}; ${tally.states}: Batch may bring them back` };
    }
    const verdict = (0,node_health/* apartVerdict */.KZ)(tally, step.nodeTimeoutMs);
    return { kind: 'halt', ...verdict, reason: `${where}; ${verdict.reason}` };
}
function wave(step, from) {
    return (0,node_targets/* nextTargets */.GZ)(from, step.goal, step.waveSize === 'all' ? (0,node_targets/* totalOf */.e6)(step.goal) : step.waveSize);
}

;// CONCATENATED MODULE: ./build/decide/wave.js







const LEAST_BETWEEN_ATTEMPTS_MS = 5 * 60_000;
function decideWave(step, view, progress) {
    const { pool } = view;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const where = (0,node_targets/* describeProgress */.vk)(has, step.goal);
    if (pool.allocationState !== 'Steady')
        return { kind: 'wait', reason: `${where}; the pool is ${pool.allocationState}` };
    if (progress === undefined)
        return begin(step, view, where);
    const overruled = progress.isReplacing === true ? undefined : overruledBy(pool, progress.found ?? progress.target);
    if (overruled !== undefined)
        return overruled;
    if (progress.then !== undefined) {
        return ask(pool, progress.then, `${where}; now to ${(0,node_targets/* describeTargets */.Eg)(progress.then)}`, progress);
    }
    return (0,node_targets/* sameTargets */.nu)(has, progress.target) ? judge(step, view, progress, where) : again(step, view, progress, where);
}
function begin(step, view, where) {
    const { pool } = view;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    if ((0,node_targets/* totalOf */.e6)(has) === 0 && (0,node_targets/* totalOf */.e6)(step.goal) > 0) {
        const target = (0,node_targets/* firstTargets */.dI)(step.goal, step.canaryNodes, step.waveSize);
        return ask(pool, target, `${where}; first wave to ${(0,node_targets/* describeTargets */.Eg)(target)}`);
    }
    if (!(0,node_targets/* isShort */.tQ)(has, step.goal) && (0,node_targets/* isShort */.tQ)(step.goal, has)) {
        return ask(pool, step.goal, `${where}; the pool gets smaller`);
    }
    const asked = pool.scale.kind === 'fixed' && (0,node_targets/* sameTargets */.nu)((0,node_targets/* targetsOf */.QR)(pool.scale), has);
    if ((0,node_targets/* sameTargets */.nu)(has, step.goal) && !asked)
        return ask(pool, step.goal, `${where}; to be held as a fixed scale`);
    const found = pool.scale.kind === 'fixed' ? { found: (0,node_targets/* targetsOf */.QR)(pool.scale) } : {};
    return judge(step, view, { target: has, attempt: 1, had: has, ...found }, where);
}
function again(step, { pool, msSinceAsked }, progress, where) {
    const errors = isOwnResize(pool, progress) ? (pool.resize?.errors ?? []) : [];
    const cause = errors.map(error => error.code).join(', ') || 'no resize error';
    const stopping = errors
        .map(error => ({ error, meaning: resizeMeaning(error) }))
        .find(({ meaning }) => meaning.remedy !== 'retry');
    if (stopping !== undefined) {
        const { reason: failure, repetition, wayOut } = stopping.meaning;
        return { kind: 'halt', failure, repetition, wayOut, reason: `${where}; ${describeError(stopping.error)}` };
    }
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const gained = distance(has, progress.target) < distance(progress.had, progress.target);
    if (!gained && progress.attempt >= step.resizeAttempts) {
        return {
            kind: 'halt',
            failure: 'allocation-failed',
            reason: `${where}; ${cause} after ${progress.attempt} ${progress.attempt === 1 ? 'attempt' : 'attempts'} without progress`,
            repetition: 'helps',
            wayOut: MORE_CAPACITY
        };
    }
    if (!gained && msSinceAsked < LEAST_BETWEEN_ATTEMPTS_MS) {
        const minutes = LEAST_BETWEEN_ATTEMPTS_MS / 60_000;
        return { kind: 'wait', reason: `${where}; ${cause}: asked for again ${minutes} minutes after the last attempt` };
    }
    const attempt = gained ? 1 : progress.attempt + 1;
    const which = gained ? 'again, as it came nearer' : `attempt ${attempt} of ${step.resizeAttempts}`;
    return ask(pool, progress.target, `${where}; ${which}, at ${(0,node_targets/* describeTargets */.Eg)(progress.target)} after ${cause}`, {
        ...progress,
        attempt
    });
}
function distance(a, b) {
    return Math.abs(a.dedicated - b.dedicated) + Math.abs(a.lowPriority - b.lowPriority);
}
function isOwnResize({ resize }, { formerStartTime, target }) {
    if (resize?.startTime === undefined || resize.startTime === formerStartTime)
        return false;
    return ((resize.targetDedicatedNodes ?? target.dedicated) === target.dedicated &&
        (resize.targetLowPriorityNodes ?? target.lowPriority) === target.lowPriority);
}
const LONGEST_DETAIL = 2_000;
function describeError(error) {
    const details = error.details.map(({ code, message }) => `${code}: ${(0,plain_text/* cut */.Jj)(message, LONGEST_DETAIL)}`);
    return (0,plain_text/* cut */.Jj)([`${error.code}: ${error.message}`, ...details].join('; '), 2 * LONGEST_DETAIL);
}

// EXTERNAL MODULE: ./build/execute/context.js
var context = __webpack_require__(75059);
;// CONCATENATED MODULE: ./build/execute/second-chance.js






const SIDE_BY_SIDE = 5;
const ACTIONS = {
    reboot: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/reboot/action',
    replace: 'Microsoft.Batch/batchAccounts/computePools/computeNodes/remove/action'
};
async function giveChance(run, step, { pool, chance, looks }) {
    try {
        await (0,pool_changes/* patchPool */.J3)(run, step, {
            pool,
            body: { properties: {} },
            metadata: step.metadata,
            holdMs: holdMs(step, chance)
        });
        if (chance.by === 'reboot') {
            const taken = await rebootAll(run, step, { nodeIds: chance.nodeIds, looks });
            return taken === 0 ? chance.ifRefused : chance.progress;
        }
        if (!(await areAllStillBad(run, step, chance.nodeIds)))
            return undefined;
        await remove(run, step, chance.nodeIds);
        return chance.progress;
    }
    catch (error) {
        if ((0,pool_changes/* isBusy */.A5)(error))
            return undefined;
        if (!(error instanceof errors/* AzureError */.M) || error.status !== 403)
            throw error;
        run.warn(step.id, {
            message: `the identity may not do it, so failed nodes got no second chance: ${error.message}`,
            wayOut: `give the identity a role with ${ACTIONS[chance.by]}, or say repair-attempts: 0`
        });
        return chance.ifDenied;
    }
}
async function areAllStillBad(run, step, nodeIds) {
    const nodes = await (0,node_looks/* readNodes */.g0)(run, step);
    return nodes.every(node => !nodeIds.includes(node.nodeId) || (0,node_state/* bearingOf */.Y)(node) !== 'healthy');
}
const holdMs = (step, { by }) => (by === 'reboot' ? 0 : step.resizeTimeoutMs);
async function remove(run, step, nodeIds) {
    try {
        const { poolId, resizeTimeoutMs } = step;
        await (0,node_looks/* serviceOf */.z5)(run, step).removeNodes((0,arm_id/* nameOf */.Vb)(poolId), { nodeIds, resizeTimeoutMs });
    }
    catch (error) {
        const isDone = error instanceof errors/* AzureError */.M && (((0,pool_changes/* isBusy */.A5)(error) && error.tries > 1) || error.status === 404);
        if (!isDone)
            throw error;
    }
}
async function rebootAll(run, step, { nodeIds, looks }) {
    const taken = [];
    let refusal;
    const reboot = async (nodeId) => {
        try {
            await (0,node_looks/* serviceOf */.z5)(run, step).rebootNode((0,arm_id/* nameOf */.Vb)(step.poolId), nodeId, 'requeue');
            taken.push(nodeId);
        }
        catch (error) {
            if (!(error instanceof errors/* AzureError */.M) || (error.status !== 409 && error.status !== 404))
                throw error;
            refusal = error;
        }
    };
    for (let at = 0; at < nodeIds.length; at += SIDE_BY_SIDE) {
        const { pool } = (0,context/* poolKnown */.i)(run, step);
        if (pool !== undefined)
            await (0,pool_changes/* renewLease */.EH)(run, step, pool);
        await Promise.all(nodeIds.slice(at, at + SIDE_BY_SIDE).map(reboot));
    }
    looks.rebooted(taken);
    if (refusal !== undefined)
        run.say(step.id, `${taken.length} of ${nodeIds.length} take a reboot: ${refusal.message}`);
    return taken.length;
}

;// CONCATENATED MODULE: ./build/execute/scale-pool.js















const FIRST_NODE_MS = 30_000;
const SAID_NODES = 3;
async function scalePool(run, step) {
    const looks = (0,node_looks/* nodeLooks */.NT)(run);
    const tell = (0,loop/* teller */.FW)(run, step.id);
    const output = new Map();
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: step.alreadyAsked === undefined
            ? undefined
            : { target: step.alreadyAsked, attempt: 1, had: { dedicated: 0, lowPriority: 0 } },
        look: (pace, progress) => lookAt(run, step, { pace, progress, looks }),
        decide: (seen, progress) => {
            const decision = decideWave(step, seen, progress);
            return decision.kind === 'wait' ? { ...decision, reason: decision.reason + seen.states } : decision;
        },
        tell,
        act: async (decision, { look: seen, progress, pace }) => {
            const { pool } = seen;
            switch (decision.kind) {
                case 'second-chance': {
                    await learn(run, step, { bad: badOf(seen), output, isFirst: progress?.chances === undefined });
                    tell(decision.reason);
                    const next = await giveChance(run, step, { pool, chance: decision, looks });
                    if (next === undefined)
                        return undefined;
                    pace.restart();
                    return { progress: next };
                }
                case 'resize':
                    tell(decision.reason);
                    if (!(await resize(run, step, { pool, progress: decision.progress })))
                        return undefined;
                    pace.restart(expectedMs(seen.msSinceAsked, progress, decision.progress));
                    return { progress: decision.progress };
                case 'wait':
                case 'look-at-nodes':
                    await (0,pool_changes/* renewLease */.EH)(run, step, pool);
                    return undefined;
            }
        },
        errorOf: async (halt, seen) => {
            await learn(run, step, { bad: badOf(seen), output, isFirst: false });
            if (halt.blamesImage === true)
                run.known.conditions.add('image-blamed');
            return (0,node_looks/* halted */.TU)(run, step, { verdict: halt, bad: badOf(seen), output, isTemporary: step.proofOf !== undefined });
        },
        expectMs: FIRST_NODE_MS
    });
    return done.reason;
}
const badOf = ({ nodes }) => nodes?.bad ?? [];
async function lookAt(run, step, { pace, progress, looks }) {
    const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
    const count = (what, done) => pace.mark(what, done, (0,node_targets/* totalOf */.e6)(progress?.target ?? step.goal));
    const view = { pool, msShort: 0, msSinceAsked: pace.sinceMs() };
    count('present', (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)));
    const { kind } = decideWave(step, view, progress);
    if (kind === 'wait')
        return { ...view, states: await statesNow(run, step, { pool, count }) };
    if (kind !== 'look-at-nodes')
        return { ...view, states: '' };
    const { nodes, msShort } = looks.at(await (0,node_looks/* readNodes */.g0)(run, step), (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)));
    const tally = (0,node_health/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
    count('settled', tally.total - tally.pending);
    return { ...view, nodes: tally, msShort, states: '' };
}
async function learn(run, step, { bad, output, isFirst }) {
    for (const [nodeId, lines] of await startTaskOutput(run, step, bad))
        output.set(nodeId, lines);
    if (!isFirst)
        return;
    for (const aged of bad.slice(0, SAID_NODES)) {
        run.say(step.id, (0,describe_nodes/* describeNode */.W)(aged, (0,context/* poolKnown */.i)(run, step).pool));
        for (const line of output.get(aged.node.nodeId) ?? [])
            run.say(step.id, line);
    }
}
function expectedMs(tookMs, before, next) {
    if ((0,node_targets/* totalOf */.e6)(next.target) < (0,node_targets/* totalOf */.e6)(next.had))
        return undefined;
    const got = before !== undefined && before.then === undefined && !(0,node_targets/* sameTargets */.nu)(before.target, next.target);
    return got ? tookMs : FIRST_NODE_MS;
}
async function statesNow(run, step, { pool, count }) {
    if ((0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) === 0)
        return '';
    const counts = await nodeCounts(run, step);
    const rows = Object.entries({ ...counts?.dedicated }).map(([state, count]) => [state, count + (counts?.lowPriority[state] ?? 0)]);
    const settled = rows.filter(([state]) => (0,node_state/* bearingOf */.Y)({ state }) !== 'pending' && state !== 'total');
    count('settled', settled.reduce((sum, [, nodes]) => sum + nodes, 0));
    const present = rows.filter(([state, count]) => count > 0 && state !== 'total').toSorted(([, a], [, b]) => b - a);
    return present.length === 0 ? '' : ` (${present.map(([state, count]) => `${count} ${state}`).join(', ')})`;
}
async function nodeCounts(run, step) {
    try {
        return await (0,node_looks/* serviceOf */.z5)(run, step).nodeCounts((0,arm_id/* nameOf */.Vb)(step.poolId));
    }
    catch (error) {
        if (error instanceof errors/* AzureError */.M && !run.signal.aborted)
            return undefined;
        throw error;
    }
}
async function resize(run, step, { pool, progress }) {
    const shrinks = (0,node_targets/* isShort */.tQ)(progress.target, (0,node_targets/* nodesOf */.Nh)(pool));
    const timeoutMs = shrinks ? step.drainTimeoutMs : step.resizeTimeoutMs;
    const drained = shrinks ? { nodeDeallocationOption: (0,scale_body/* deallocationOption */.l0)(step.drain) } : {};
    const scale = { ...(0,scale_body/* fixedScale */.D$)(progress.target, timeoutMs), ...drained };
    const body = { properties: { scaleSettings: { fixedScale: scale } } };
    try {
        await (0,pool_changes/* patchPool */.J3)(run, step, { pool, body, metadata: step.metadata, holdMs: timeoutMs });
        return true;
    }
    catch (error) {
        if ((0,pool_changes/* isBusy */.A5)(error))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/decide/managed-image.js

function decideManagedImage({ imageId }, image) {
    const state = image?.provisioningState ?? 'gone';
    if (state === 'Succeeded')
        return { kind: 'done', reason: state };
    const name = `managed image ${(0,arm_id/* nameOf */.Vb)(imageId)}`;
    if (state !== 'Failed' && state !== 'Deleting' && state !== 'gone') {
        return { kind: 'wait', reason: `${name} is ${state}` };
    }
    const wayOut = state === 'Failed' ? 'delete it, and run again' : 'find out who deletes it, then run again';
    return { kind: 'halt', failure: 'image-failed', reason: `${name} is ${state}`, wayOut, repetition: 'after-change' };
}

// EXTERNAL MODULE: ./build/model/region.js
var model_region = __webpack_require__(6356);
;// CONCATENATED MODULE: ./build/decide/replication.js


const VERSION_FAILED = {
    failure: 'image-failed',
    wayOut: 'run again with the same inputs; a failed version is made again'
};
function decideReplicated({ untilRegions }, version) {
    const rows = rowsOf(version, untilRegions);
    const isFailed = version.provisioningState === 'Failed';
    if (version.replication !== undefined && areCompleted(rows))
        return replicatedTo(untilRegions);
    const lost = isFailed ? undefined : failedRegion(version, rows);
    return (lost ??
        missingRegion(version, untilRegions) ??
        (isFailed && hasItsCopy(version) ? failedRegion(version, rows) : undefined) ??
        (isFailed ? failedVersion(version) : waiting(version)));
}
function decideRegionsAdded({ regions }, version) {
    const rows = rowsOf(version, regions);
    if (areCompleted(rows))
        return replicatedTo(regions);
    return (isBusy(version) ? undefined : failedRegion(version, rows)) ?? waiting(version);
}
function decideSettled(version) {
    const failed = (version.replication?.regions ?? []).filter(({ state }) => state === 'Failed');
    const notIn = `not replicated to ${failed.map(({ region }) => region).join(', ')}`;
    if (version.provisioningState === 'Failed') {
        return hasItsCopy(version) ? { kind: 'done', reason: `ended; ${notIn}` } : failedVersion(version);
    }
    if (version.provisioningState !== 'Succeeded' || isUnderWay(version))
        return waiting(version);
    const how = failed.length === 0 ? ', and replicated wherever it was asked for' : `; ${notIn}`;
    return { kind: 'done', reason: `Succeeded${how}` };
}
function decidePromoted({ excludeFromLatest }, version) {
    const regions = version.replication?.regions ?? [];
    if (isBusy(version) && regions.every(isEnded))
        return waiting(version);
    const isFailed = version.provisioningState === 'Failed' && !regions.some(({ state }) => state === 'Failed');
    if (isFailed || version.excludeFromLatest !== excludeFromLatest)
        return failedVersion(version);
    return { kind: 'done', reason: excludeFromLatest ? 'hidden' : 'promoted' };
}
function isBusy({ provisioningState }) {
    return provisioningState === 'Creating' || provisioningState === 'Updating';
}
function isUnderWay({ replication }) {
    const regions = replication?.regions ?? [];
    return regions.length === 0 || !regions.every(isEnded);
}
function describeReplication(replication) {
    const rows = replication?.regions ?? [];
    return rows
        .map(({ region, progress, state }) => `${region} ${state === 'Completed' ? 'done' : `${progress}%`}`)
        .join(', ');
}
function stateIn({ regions }, region) {
    return regions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
}
const isEnded = ({ state }) => state === 'Completed' || state === 'Failed';
const areCompleted = (rows) => rows.every(row => row?.state === 'Completed');
function rowsOf({ replication }, regions) {
    return regions.map(region => replication && stateIn(replication, region));
}
function hasItsCopy({ location, replication }) {
    return replication !== undefined && stateIn(replication, location)?.state === 'Completed';
}
const replicatedTo = (regions) => ({
    kind: 'done',
    reason: `replicated to ${regions.join(', ')}`
});
function waiting({ provisioningState, replication }) {
    const regions = describeReplication(replication);
    return { kind: 'wait', reason: regions === '' ? provisioningState : `${provisioningState}; ${regions}` };
}
function failedRegion({ versionId, replicationMode, location }, rows) {
    const failed = rows.find(row => row?.state === 'Failed');
    if (failed === undefined)
        return undefined;
    const why = failed.details ? `: ${failed.details}` : '';
    const halt = {
        kind: 'halt',
        failure: 'replication-failed',
        reason: `replication of ${(0,arm_id/* nameOf */.Vb)(versionId)} to ${failed.region} failed${why}`
    };
    if ((0,model_region/* sameRegion */.Z)(failed.region, location)) {
        const wayOut = 'run again with the same inputs: a version that isn’t in its own region is made again';
        return { ...halt, wayOut, repetition: 'helps' };
    }
    if (replicationMode === 'Shallow') {
        const wayOut = 'publish another version: a shallow one gains no region later';
        return { ...halt, wayOut, repetition: 'after-change' };
    }
    const wayOut = 'run again with the same inputs: the region is taken off the version and added again, as Azure advises';
    return { ...halt, wayOut, repetition: 'unknown' };
}
function missingRegion({ versionId, targetRegions }, regions) {
    const missing = regions.find(region => !targetRegions.some(one => (0,model_region/* sameRegion */.Z)(one.region, region)));
    if (missing === undefined)
        return undefined;
    return {
        kind: 'halt',
        failure: 'replication-failed',
        reason: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} isn’t published to ${missing}, where the pool is`,
        wayOut: 'find out who changed its regions, then run again'
    };
}
function failedVersion({ versionId, replication }) {
    const regions = (replication?.regions ?? []).flatMap(({ region, state, details }) => state === 'Failed' ? [`${region}: ${details ?? 'failed, without details'}`] : []);
    const why = regions.length === 0 ? 'Azure gives no reason' : regions.join('; ');
    return {
        kind: 'halt',
        ...VERSION_FAILED,
        reason: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} failed: ${why}`,
        repetition: 'unknown',
        asksOperation: true
    };
}

// EXTERNAL MODULE: ./build/model/failure.js
var failure = __webpack_require__(31612);
// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/rules/run-tags.js
var run_tags = __webpack_require__(52527);
// EXTERNAL MODULE: ./build/execute/refused.js
var refused = __webpack_require__(63336);
;// CONCATENATED MODULE: ./build/execute/image-steps.js








const REFUSED = { reason: VERSION_FAILED.failure, wayOut: VERSION_FAILED.wayOut };
async function createGalleryImage(run, step) {
    await (0,refused/* orRefused */.o)(run.azure.gallery.createGalleryImage(step.galleryImageId, step.body), { reason: 'image-failed' });
    return 'created';
}
async function createImageVersion(run, step) {
    const there = await run.azure.gallery.getVersion(step.versionId);
    if (there === undefined || there.provisioningState === 'Failed') {
        const put = run.azure.gallery.putVersion(step.versionId, step.body);
        return untilReplicated(run, step, await (0,refused/* orRefused */.o)(put, REFUSED));
    }
    if (there.tags[run_tags/* TAG */.Dk.key] !== (0,json/* objectOf */.Xy)(step.body.tags)[run_tags/* TAG */.Dk.key]) {
        const message = `image version ${(0,arm_id/* nameOf */.Vb)(step.versionId)} was made by ${(0,run_tags/* originOf */.yv)(there.tags)} meanwhile, from other inputs`;
        const wayOut = 'name another "image-version"; with "auto", run again: it takes the next number';
        throw new failure/* RunError */.e4({ reason: 'image-failed', message, wayOut, repetition: 'unknown' });
    }
    run.say(step.id, `${(0,run_tags/* originOf */.yv)(there.tags)} has made it meanwhile, from the same inputs`);
    return untilReplicated(run, step, undefined);
}
async function awaitImageVersion(run, step) {
    return untilReplicated(run, step, undefined);
}
async function untilReplicated(run, step, operation) {
    const tell = (0,loop/* teller */.FW)(run, step.id);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ mark }) => {
            const version = await lookAtVersion(run, step.versionId);
            if (version.replication !== undefined)
                tell(describeReplication(version.replication));
            markRegions(mark, rowsOf(version, step.untilRegions));
            return version;
        },
        decide: version => decideReplicated(step, version),
        tell: loop/* SILENT */.qY,
        errorOf: (halt, version) => versionError(halt, version, operation)
    });
    return done.reason;
}
async function settleImageVersion(run, step) {
    const tell = (0,loop/* teller */.FW)(run, step.id);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ mark }) => {
            const version = await lookAtVersion(run, step.versionId);
            if (version.replication !== undefined && isUnderWay(version))
                tell(describeReplication(version.replication));
            markRegions(mark, version.replication?.regions ?? []);
            return version;
        },
        decide: decideSettled,
        tell: loop/* SILENT */.qY
    });
    return done.reason;
}
function markRegions(mark, rows) {
    for (const row of rows)
        if (row !== undefined)
            mark(row.region, row.progress, 100);
}
async function lookAtVersion(run, versionId) {
    const version = await run.azure.gallery.getVersion(versionId, { replication: true });
    if (version === undefined) {
        throw new failure/* RunError */.e4({
            reason: 'image-failed',
            message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is gone`,
            wayOut: 'find out who deletes it'
        });
    }
    if (version.provisioningState === 'Deleting') {
        throw new failure/* RunError */.e4({
            reason: 'image-failed',
            message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is being deleted`,
            wayOut: 'find out who deletes it'
        });
    }
    if (version.replication !== undefined && run.makesImage)
        run.known.replication = version.replication;
    return version;
}
async function versionError(halt, { versionId }, operation) {
    const error = halt.asksOperation === true ? await operation?.failure() : undefined;
    if (error === undefined)
        return (0,loop/* haltError */._i)(halt);
    return (0,refused/* refused */.J)(error, {
        ...REFUSED,
        message: ({ message }) => `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} failed: ${message}`
    });
}
async function createManagedImage(run, step) {
    await (0,refused/* orRefused */.o)(run.azure.compute.createManagedImage(step.imageId, step.body), { reason: 'image-failed' });
    return 'created';
}
async function awaitManagedImage(run, step) {
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: () => run.azure.compute.getManagedImage(step.imageId),
        decide: image => decideManagedImage(step, image),
        tell: loop/* SILENT */.qY
    });
    return done.reason;
}

;// CONCATENATED MODULE: ./build/execute/merged-version.js



const READ_ONLY = ['id', 'name', 'type', 'etag', 'systemData'];
function mergedVersion(body, change) {
    const { excludeFromLatest } = change;
    const kept = Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)));
    const { provisioningState: _state, replicationStatus: _status, ...properties } = (0,json/* objectOf */.Xy)(body.properties);
    const { publishedDate: _date, ...publishing } = (0,json/* objectOf */.Xy)(properties.publishingProfile);
    const { tags, safety } = changedSafety({ tags: changedTags((0,json/* objectOf */.Xy)(body.tags), change), safety: writableSafety((0,json/* objectOf */.Xy)(properties.safetyProfile)) }, change);
    return {
        ...kept,
        tags,
        properties: {
            ...properties,
            ...(properties.storageProfile === undefined
                ? {}
                : { storageProfile: writableDisks((0,json/* objectOf */.Xy)(properties.storageProfile)) }),
            ...(Object.keys(safety).length === 0 ? {} : { safetyProfile: safety }),
            publishingProfile: {
                ...publishing,
                targetRegions: mergedRegions(publishing.targetRegions, change),
                ...(excludeFromLatest === undefined ? {} : { excludeFromLatest })
            }
        }
    };
}
function changedTags(there, { tags, dropsTags = [] }) {
    const kept = Object.entries(there).filter(([name]) => !dropsTags.includes(name));
    return { ...Object.fromEntries(kept), ...tags };
}
function mergedRegions(there, { regions = [], takeOff = [] }) {
    const present = (Array.isArray(there) ? there : []).map(row => ({
        row,
        region: (0,model_region/* regionName */.g)(String((0,json/* objectOf */.Xy)(row).name))
    }));
    const kept = present.filter(({ region }) => !takeOff.includes(region));
    const missing = regions.filter(({ region }) => !kept.some(one => one.region === region));
    return [
        ...kept.map(({ row, region }) => {
            const asked = regions.find(one => one.region === region);
            return asked === undefined ? row : { ...(0,json/* objectOf */.Xy)(row), regionalReplicaCount: asked.replicas };
        }),
        ...missing.map(({ region, replicas }) => ({ name: region, regionalReplicaCount: replicas }))
    ];
}
function changedSafety({ tags, safety }, { mayLoseRegions }) {
    const { [run_tags/* TAG */.Dk.unprotected]: wasProtected, ...others } = tags;
    if (mayLoseRegions === true) {
        const isAllowed = safety.allowDeletionOfReplicatedLocations === true;
        return {
            tags: isAllowed ? tags : { ...tags, [run_tags/* TAG */.Dk.unprotected]: 'true' },
            safety: { ...safety, allowDeletionOfReplicatedLocations: true }
        };
    }
    return wasProtected === undefined
        ? { tags, safety }
        : { tags: others, safety: { ...safety, allowDeletionOfReplicatedLocations: false } };
}
function writableSafety({ reportedForPolicyViolation: _a, policyViolations: _b, ...safety }) {
    return safety;
}
function writableDisks({ osDiskImage, dataDiskImages, ...profile }) {
    const writable = ({ sizeInGB: _size, ...disk }) => disk;
    return {
        ...profile,
        ...(osDiskImage === undefined ? {} : { osDiskImage: writable((0,json/* objectOf */.Xy)(osDiskImage)) }),
        ...(Array.isArray(dataDiskImages) ? { dataDiskImages: dataDiskImages.map(disk => writable((0,json/* objectOf */.Xy)(disk))) } : {})
    };
}

;// CONCATENATED MODULE: ./build/rules/image-proof.js



function provedValue(at, pools) {
    const proofs = pools
        .filter(({ nodes }) => nodes.length > 0)
        .map(({ poolName, vmSize, nodes }) => [counted(nodes.length), vmSize ?? '', 'of', poolName].filter(Boolean).join(' '));
    return proofs.length === 0 ? undefined : fitting(`${secondsOf(at)}: ${proofs.join(', ')}`);
}
function failedValue(run, at, pools) {
    const of = run.repository === '' ? '' : ` of ${run.repository}`;
    const failures = pools.map(({ poolName, nodes }) => `${describeFailed(nodes)} of ${poolName}`);
    return fitting(`run ${run.runId} attempt ${run.runAttempt}${of}: ${[...failures, secondsOf(at)].join(', ')}`);
}
function describeFailed(nodes) {
    const failed = nodes
        .filter(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy' || ((0,node_state/* bearingOf */.Y)(node) === 'pending' && (0,node_state/* speaksAgainstImage */.I)(node)))
        .map(({ state }) => state);
    const states = new Set(failed).size > 1 ? `(${(0,describe_nodes/* countStates */.c)(failed)})` : (failed[0] ?? 'failed');
    return `${failed.length} of ${counted(nodes.length)} ${states}`;
}
const counted = (count) => `${count} ${count === 1 ? 'node' : 'nodes'}`;
const secondsOf = (at) => `${new Date(at).toISOString().slice(0, 19)}Z`;
const fitting = (value) => value.slice(0, run_tags/* LONGEST_TAG_VALUE */.I9);

// EXTERNAL MODULE: ./build/execute/take-stock.js
var take_stock = __webpack_require__(91834);
;// CONCATENATED MODULE: ./build/execute/proof-tags.js






function proofTags(run, provedBy, version) {
    if (version.tags[run_tags/* TAG */.Dk.proved] !== undefined)
        return {};
    const pools = provedBy.map(poolId => {
        const known = (0,context/* poolKnown */.i)(run, { poolId });
        const healthy = (0,take_stock/* isImageUnmade */.KC)(known) ? [] : (known.healthyNodes ?? []);
        return nodesOf(poolId, known, healthy.filter(node => runs(node, version)));
    });
    const value = provedValue(run.azureNow(), pools);
    return value === undefined ? {} : { [run_tags/* TAG */.Dk.proved]: value };
}
function failureTags(run, failedOn) {
    const pools = failedOn.map(poolId => {
        const known = (0,context/* poolKnown */.i)(run, { poolId });
        return nodesOf(poolId, known, known.nodes ?? []);
    });
    return { [run_tags/* TAG */.Dk.failed]: failedValue(run.context, run.azureNow(), pools) };
}
function nodesOf(poolId, { pool }, nodes) {
    return { poolName: (0,arm_id/* nameOf */.Vb)(poolId), vmSize: pool?.vmSize, nodes };
}
function runs(node, version) {
    const isOther = node.imageId !== undefined && !(0,arm_id/* sameId */.s)(node.imageId, version.versionId);
    return !isOther && !(0,node_health/* isOlderThan */.UM)(node, version);
}

// EXTERNAL MODULE: ./build/execute/watch.js + 1 modules
var watch = __webpack_require__(97186);
;// CONCATENATED MODULE: ./build/execute/version-changes.js














const UPDATE_MS = 150_000;
async function updateImageVersion(run, step) {
    const { excludeFromLatest, provedBy, tags } = step;
    if (excludeFromLatest === undefined) {
        await changeVersion(run, step, { tags, provedBy });
        return tellRegions(run, step, { version: await lookAtVersion(run, step.versionId), done: 'Azure has taken it on' });
    }
    const version = await lookAtVersion(run, step.versionId);
    if (excludeFromLatest === false && provesNothing(run, step, version))
        return 'stays hidden';
    const operation = await changeVersion(run, step, { excludeFromLatest, tags, provedBy });
    const { done, look: after } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: () => lookAtVersion(run, step.versionId),
        decide: seen => decidePromoted({ excludeFromLatest }, seen),
        tell: loop/* SILENT */.qY,
        errorOf: async (halt, seen) => notPromoted(await versionError(halt, seen, operation)),
        expectMs: UPDATE_MS
    });
    return tellRegions(run, step, { version: after, done: done.reason });
}
function notPromoted(why) {
    if (!(why instanceof failure/* RunError */.e4))
        return why;
    const { cause, message, repetition } = why;
    const wayOut = repetition === 'after-change' ? why.wayOut : 'run again with the same inputs: the change is sent again';
    return new failure/* RunError */.e4({ reason: 'image-failed', message: `not promoted: ${message}`, wayOut, cause, repetition });
}
function provesNothing(run, { id, provedBy = [] }, version) {
    if (provedBy.length === 0)
        return false;
    const pools = provedBy.map(poolId => (0,context/* poolKnown */.i)(run, { poolId })).filter(pool => !(0,take_stock/* isImageUnmade */.KC)(pool));
    if (pools.length === 0)
        return true;
    const nodes = pools.flatMap(({ nodes: its = [] }) => its);
    if (nodes.length === 0 || !nodes.every(node => (0,node_health/* isOlderThan */.UM)(node, version)))
        return false;
    run.warn(id, {
        message: `image version ${(0,arm_id/* nameOf */.Vb)(version.versionId)} stays hidden: every node of the pool is older than it, so none runs it`,
        wayOut: 'run again with image-change: in-place, which gives the pool nodes that run it'
    });
    return true;
}
async function changeImageRegions(run, step) {
    const { takeOff, regions, provedBy, tags } = step;
    if (takeOff.length > 0) {
        await changeVersion(run, step, { takeOff, mayLoseRegions: true, tags: {} });
        run.say(step.id, `${takeOff.join(', ')} taken off`);
    }
    await changeVersion(run, step, { regions, tags, provedBy });
    const version = await lookAtVersion(run, step.versionId);
    return tellRegions(run, step, { version, asked: regions.map(({ region }) => region), done: 'Azure has taken it on' });
}
async function awaitImageRegions(run, step) {
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ mark }) => {
            const version = await lookAtVersion(run, step.versionId);
            markRegions(mark, rowsOf(version, step.regions));
            return version;
        },
        decide: version => decideRegionsAdded(step, version),
        tell: loop/* SILENT */.qY
    });
    return done.reason;
}
const MOST_CONFLICTS = 3;
async function changeVersion(run, step, { provedBy = [], ...asked }, patienceMs = Infinity) {
    const until = run.clock.now() + patienceMs;
    let conflicts = 0;
    return (0,watch/* watch */.w)(run, async () => {
        const version = await lookAtVersion(run, step.versionId);
        if (isBusy(version)) {
            if (run.clock.now() >= until)
                throw stillBusy(version);
            return undefined;
        }
        try {
            const asProved = withProof(asked, proofTags(run, provedBy, version));
            return await run.azure.gallery.putVersion(step.versionId, mergedVersion(version.body, asProved));
        }
        catch (error) {
            if (!isConflict(error) || ++conflicts >= MOST_CONFLICTS)
                throw (0,refused/* refused */.J)(error, { reason: 'image-failed' });
            return undefined;
        }
    });
}
function withProof(asked, proof) {
    if (Object.keys(proof).length === 0)
        return asked;
    return { ...asked, tags: { ...asked.tags, ...proof }, dropsTags: [run_tags/* TAG */.Dk.failed] };
}
function stillBusy({ versionId, provisioningState }) {
    return new failure/* RunError */.e4({
        reason: 'image-failed',
        message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is still ${provisioningState}, and Azure takes one change at a time`,
        wayOut: 'run again when it is Succeeded'
    });
}
const isConflict = (error) => error instanceof errors/* AzureError */.M && error.status === 409 && error.code === 'Conflict';
function tellRegions(run, step, { version, done, asked = [] }) {
    const seen = withAsked(version.replication, asked);
    if (seen !== undefined)
        run.known.replication = seen;
    const rows = seen?.regions ?? [];
    const failed = rows.filter(({ state, region }) => state === 'Failed' && !asked.includes(region));
    for (const row of failed)
        run.warn(step.id, version_changes_failedRegion(version, row));
    const underWay = rows.filter(row => row.state !== 'Completed' && !failed.includes(row)).map(({ region }) => region);
    return underWay.length === 0 ? done : `${done}; still replicating to ${underWay.join(', ')}`;
}
function version_changes_failedRegion({ versionId, replicationMode }, { region, details }) {
    const why = details === undefined ? '' : `: ${details}`;
    return {
        message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is not in ${region}: its replication failed${why}`,
        wayOut: replicationMode === 'Shallow'
            ? 'publish another version, or one with replication-mode: Full: a shallow one gains no region later'
            : 'run again with the same inputs (where image-version is auto, re-run this run): the region is taken off and added again, as Azure advises'
    };
}
function withAsked(replication, asked) {
    if (replication === undefined)
        return undefined;
    const missing = asked.filter(region => stateIn(replication, region) === undefined);
    const rows = missing.map(region => ({ region, state: 'Replicating', progress: 0 }));
    return { ...replication, regions: [...replication.regions, ...rows] };
}

// EXTERNAL MODULE: ./build/rules/pool-standing.js
var pool_standing = __webpack_require__(42861);
;// CONCATENATED MODULE: ./build/decide/drain.js


const SHORTEST_RESIZE_TIMEOUT_MS = 5 * 60_000;
const LEAST_BETWEEN_MS = 5 * 60_000;
function decideDrain(step, { pool, msSinceAsked, remainingMs }, progress) {
    const asked = progress !== undefined;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const left = `${(0,node_targets/* describeTargets */.Eg)(has)} left`;
    if (pool.allocationState !== 'Steady')
        return { kind: 'wait', reason: `${left}; the pool is ${pool.allocationState}` };
    const heldAtZero = (0,pool_standing/* isAtZero */._V)(pool);
    if ((0,node_targets/* totalOf */.e6)(has) === 0 && heldAtZero && asked)
        return { kind: 'done', reason: 'no nodes left' };
    const isOwn = pool.resize?.startTime !== progress?.formerStartTime;
    const isStopped = isOwn && pool.resize?.errors.some(({ code }) => code === 'ResizeStopped') === true;
    if (asked && (!heldAtZero || isStopped)) {
        return {
            kind: 'halt',
            failure: 'pool-changed',
            reason: `${left}, and somebody else has ${heldAtZero ? 'stopped the drain' : 'given the pool another scale'}`,
            wayOut: 'find out who changes the pool, then run again'
        };
    }
    const enough = remainingMs >= SHORTEST_RESIZE_TIMEOUT_MS;
    if (!asked && !enough) {
        return {
            kind: 'halt',
            failure: 'deadline-exceeded',
            reason: `${left}; too little time is left to drain the pool and bring it back before the deadline`,
            wayOut: 'give the run longer (deadline); the pool is as it was'
        };
    }
    if (asked && enough && msSinceAsked < LEAST_BETWEEN_MS) {
        return { kind: 'wait', reason: `${left}; they are asked to go again 5 minutes after the last time` };
    }
    if (!asked || enough) {
        const resizeTimeoutMs = Math.max(remainingMs, SHORTEST_RESIZE_TIMEOUT_MS);
        const formerStartTime = pool.resize?.startTime;
        return {
            kind: 'empty',
            resizeTimeoutMs,
            progress: { formerStartTime },
            reason: `${left}; to zero by ${step.drain}`
        };
    }
    return {
        kind: 'halt',
        failure: 'drain-timeout',
        reason: `${left}, and the drain-timeout is up`,
        wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue'
    };
}

// EXTERNAL MODULE: ./build/execute/expectations.js
var expectations = __webpack_require__(11909);
// EXTERNAL MODULE: ./build/execute/image-still-there.js
var image_still_there = __webpack_require__(46137);
;// CONCATENATED MODULE: ./build/execute/drain-pool.js










const WAY_BACK_MS = 10 * 60_000;
async function drainPool(run, step) {
    await (0,image_still_there/* refuseGoneImage */.R)(run, step.expects.newImageId);
    const until = Math.min(run.clock.now() + step.drainTimeoutMs, run.deadlineAt - WAY_BACK_MS);
    const tell = (0,loop/* teller */.FW)(run, step.id);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ sinceMs }, progress) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            if (progress === undefined)
                await (0,expectations/* refuseUnexpected */.G)(run, step, pool);
            return { pool, msSinceAsked: sinceMs(), remainingMs: until - run.clock.now() };
        },
        decide: (view, progress) => decideDrain(step, view, progress),
        tell,
        act: async (decision, { look: { pool }, pace }) => {
            if (decision.kind === 'wait')
                return undefined;
            const { reason, resizeTimeoutMs, progress } = decision;
            tell(reason);
            if (!(await askForZero(run, step, { pool, resizeTimeoutMs })))
                return undefined;
            pace.restart();
            return { progress };
        },
        errorOf: async (halt) => {
            tell(halt.reason);
            return (0,loop/* haltError */._i)(halt);
        }
    });
    return done.reason;
}
const NONE = { dedicated: 0, lowPriority: 0 };
async function askForZero(run, step, { pool, resizeTimeoutMs }) {
    const ask = (seen, targets) => {
        const fixed = { ...(0,scale_body/* fixedScale */.D$)(targets, resizeTimeoutMs), nodeDeallocationOption: (0,scale_body/* deallocationOption */.l0)(step.drain) };
        const body = { properties: { scaleSettings: { fixedScale: fixed } } };
        return (0,pool_changes/* patchPool */.J3)(run, step, { pool: seen, body, metadata: step.metadata, holdMs: resizeTimeoutMs });
    };
    try {
        if ((0,pool_standing/* isAtZero */._V)(pool) && (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) > 0) {
            const known = (0,context/* poolKnown */.i)(run, step);
            known.onTheWay = (0,node_targets/* nodesOf */.Nh)(pool);
            await ask(pool, (0,node_targets/* nodesOf */.Nh)(pool));
            await (0,watch/* watch */.w)(run, async () => {
                const seen = await (0,pool_changes/* readPool */.Xu)(run, step);
                return seen.allocationState === 'Steady' ? (0,pool_changes/* unlessBusy */.yB)(ask(seen, NONE)) : undefined;
            });
            delete known.onTheWay;
            return true;
        }
        await ask(pool, NONE);
        return true;
    }
    catch (error) {
        if ((0,pool_changes/* isBusy */.A5)(error))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/decide/hand-over.js



const EVALUATION_SLACK_MS = 5 * 60_000;
const MOST_EVALUATIONS = 3;
function decideHandOver(pool, isChanged) {
    const { allocationState: state } = pool;
    if (isChanged)
        return { kind: 'done', reason: `released, with ${(0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(pool))}` };
    if (state === 'Steady')
        return { kind: 'change', reason: 'the pool is Steady; it gets its last change' };
    return { kind: 'wait', reason: `the pool is ${state}; its last change waits until it is steady` };
}
const evaluationPatienceMs = (intervalMs) => intervalMs + EVALUATION_SLACK_MS;
function decideEvaluation({ evaluationIntervalMs }, { pool, msSinceBegun }, { evaluatedAt, failures, fromMs }) {
    const { evaluationTime, error } = pool.autoScaleRun ?? {};
    if (evaluationTime !== undefined && evaluationTime !== evaluatedAt) {
        if (error === undefined) {
            return { kind: 'done', reason: `the formula rules; ${(0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(pool))} now` };
        }
        const progress = { evaluatedAt: evaluationTime, failures: failures + 1, fromMs: msSinceBegun };
        if (remedyOf(error) !== 'retry' || progress.failures >= MOST_EVALUATIONS)
            return notEvaluated(error);
        return { kind: 'await-next', progress, reason: `${describeError(error)}; the next evaluation is waited for` };
    }
    const patienceMs = evaluationPatienceMs(evaluationIntervalMs);
    if (msSinceBegun - fromMs < patienceMs)
        return { kind: 'wait', reason: 'the formula was not evaluated yet' };
    return {
        kind: 'halt',
        failure: 'autoscale-failed',
        reason: `the formula was not evaluated within ${Math.round(patienceMs / 60_000)} minutes`,
        wayOut: 'look at the pool’s autoScaleRun; the nodes stay as they are until then'
    };
}
function notEvaluated(error) {
    return {
        kind: 'halt',
        failure: 'autoscale-failed',
        reason: `the formula could not be evaluated: ${describeError(error)}`,
        wayOut: `${evaluationWayOut(error)}; the nodes stay as they are until then`
    };
}
function evaluationWayOut(error) {
    if (error.code.toLowerCase() === 'insufficientsampledata')
        return 'let autoScale.formula ask GetSamplePercent whether there are samples before it takes them';
    switch (remedyOf(error)) {
        case 'retry':
            return 'run again later';
        case 'wait-for-quota':
            return 'ask for more quota of the Batch account, or shrink another pool, then run again';
        case 'fix-input':
        case 'give-up':
            return 'correct autoScale.formula in the pool spec';
    }
}

// EXTERNAL MODULE: ./build/rules/pool-body.js + 1 modules
var pool_body = __webpack_require__(23333);
;// CONCATENATED MODULE: ./build/execute/pool-steps.js









async function createPool(run, step) {
    const pool = await (0,pool_changes/* createPool */.b)(run, step, step.body);
    await (0,take_stock/* takeStock */.ol)(run, step, pool);
    return `created; ${pool.allocationState}`;
}
async function patchPool(run, step) {
    const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
    await (0,expectations/* refuseUnexpected */.G)(run, step, pool);
    return change(run, step, pool);
}
async function changePoolImage(run, step) {
    await (0,image_still_there/* refuseGoneImage */.R)(run, step.expects.newImageId);
    const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
    await (0,expectations/* refuseUnexpected */.G)(run, step, pool);
    const known = (0,context/* poolKnown */.i)(run, step);
    if (step.restores === undefined)
        known.former ??= pool;
    const how = await change(run, step, pool);
    delete known.hasFailedNodes;
    return how;
}
async function change(run, step, pool) {
    const written = writtenBy(run, step);
    const { id, poolId, accountEndpoint, apiVersion } = step;
    const answered = await (0,pool_changes/* patchPool */.J3)(run, step, { pool, ...written });
    const undone = await (0,take_stock/* takeStock */.ol)(run, { id, poolId, accountEndpoint, apiVersion, body: written.body }, answered);
    return undone.length === 0 ? 'Batch took it' : `Batch took it, and left as it was: ${undone.join(', ')}`;
}
function writtenBy(run, step) {
    const { body, metadata, restores } = step;
    if (restores === undefined)
        return { body, metadata };
    const { former } = (0,context/* poolKnown */.i)(run, step);
    if (former === undefined)
        throw new Error('internal error: nothing is known of the pool before its change');
    const items = former.metadata.filter(({ name }) => restores.metadata.includes(name));
    return {
        body: { ...body, properties: (0,pool_body/* wholeOf */.l2)(restores.properties, former) },
        metadata: { ...metadata, set: [...items, ...metadata.set] },
        isWhole: true
    };
}
async function finishPool(run, step) {
    const { look: before, done } = await patchWhenSteady(run, step).catch((error) => {
        if (step.housekeeping !== true || run.signal.aborted)
            throw error;
        run.say(step.id, `${error instanceof Error ? error.message : String(error)}; tried once more`);
        return patchWhenSteady(run, step);
    });
    const { evaluationIntervalMs } = step;
    return evaluationIntervalMs === undefined ? done.reason : evaluated(run, { ...step, evaluationIntervalMs }, before);
}
function patchWhenSteady(run, step) {
    let isSaid = false;
    return (0,loop/* drive */.rU)(run, {
        progress: false,
        look: () => (0,pool_changes/* readPool */.Xu)(run, step),
        decide: decideHandOver,
        tell: reason => {
            if (!isSaid)
                run.say(step.id, reason);
            isSaid = true;
        },
        act: async ({ kind }, { look: pool }) => {
            if (kind === 'wait')
                return undefined;
            const { body, metadata } = step;
            const taken = await (0,pool_changes/* unlessBusy */.yB)((0,pool_changes/* patchPool */.J3)(run, step, { pool, body, metadata }));
            return taken === undefined ? undefined : { progress: true, look: pool };
        }
    });
}
async function evaluated(run, step, before) {
    const until = run.clock.now() + evaluationPatienceMs(step.evaluationIntervalMs);
    run.say(step.id, `the formula’s first evaluation is awaited, until ${(0,utc/* utcSeconds */.k)(until)} at the longest`);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: { evaluatedAt: before.autoScaleRun?.evaluationTime, failures: 0, fromMs: 0 },
        look: async ({ sinceMs }) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            return { pool, msSinceBegun: sinceMs() };
        },
        decide: (view, progress) => decideEvaluation(step, view, progress),
        tell: loop/* SILENT */.qY,
        act: async (decision) => {
            if (decision.kind === 'wait')
                return undefined;
            run.say(step.id, decision.reason);
            return { progress: decision.progress };
        }
    });
    return done.reason;
}

// EXTERNAL MODULE: ./build/execute/undo-pool.js + 1 modules
var undo_pool = __webpack_require__(72272);
;// CONCATENATED MODULE: ./build/execute/mark-failed.js





async function markImageFailed(run, step) {
    const { versionId, failedOn, isOwn } = step;
    const { gallery } = run.azure;
    const version = await gallery.getVersion(versionId);
    if (version?.provisioningState !== 'Succeeded' || wasProved(version, isOwn))
        return undo_pool/* NOTHING_TO_UNDO */.x_;
    const tags = { ...step.tags, ...failureTags(run, failedOn) };
    await gallery.putVersion(versionId, mergedVersion(version.body, { tags }));
    run.known.isTaggedFailed = true;
    const then = run.makesImage ? 'a new run makes another version' : 'it is rolled out again only with force: true';
    return `${(0,arm_id/* nameOf */.Vb)(versionId)} is marked as failed: ${then}`;
}
function wasProved({ tags, excludeFromLatest }, isOwn) {
    return tags[run_tags/* TAG */.Dk.proved] !== undefined || (!excludeFromLatest && !isOwn);
}

;// CONCATENATED MODULE: ./build/execute/mark-proved.js





const PATIENCE_MS = 10 * 60_000;
async function markImageProved(run, step) {
    const { versionId, provedBy, tags } = step;
    const version = await run.azure.gallery.getVersion(versionId);
    if (version === undefined) {
        throw new failure/* RunError */.e4({
            reason: 'image-failed',
            message: `image version ${(0,arm_id/* nameOf */.Vb)(versionId)} is gone`,
            wayOut: 'find out who deletes it'
        });
    }
    const isWhole = version.provisioningState !== 'Failed' && version.provisioningState !== 'Canceled';
    if (version.tags[run_tags/* TAG */.Dk.proved] !== undefined && isWhole)
        return 'says so already';
    const proof = version.tags[run_tags/* TAG */.Dk.proved] ?? proofTags(run, provedBy, version)[run_tags/* TAG */.Dk.proved];
    if (proof === undefined)
        return 'no node of the pool runs it, so it isn’t tagged';
    await changeVersion(run, step, { tags, provedBy }, PATIENCE_MS);
    return proof;
}

// EXTERNAL MODULE: ./build/rules/pool-metadata.js
var pool_metadata = __webpack_require__(65956);
// EXTERNAL MODULE: ./build/rules/proof-pool.js
var proof_pool = __webpack_require__(87493);
;// CONCATENATED MODULE: ./build/execute/proof-pool.js











const RESIZE_MS = 15 * 60_000;
async function createProofPool(run, step) {
    const like = await (0,pool_changes/* readPool */.Xu)(run, step.like);
    refuseHidden(step, like);
    const pool = await (0,pool_changes/* createPool */.b)(run, step, step.body, like);
    const isAsWritten = (0,pool_body/* writtenDifferences */._k)(step.body, pool).length === 0;
    const rows = isAsWritten ? [] : (0,pool_body/* writtenDifferences */._k)(step.body, await (0,pool_changes/* readPool */.Xu)(run, step));
    if (rows.length > 0) {
        throw new failure/* RunError */.e4({
            reason: 'pool-refused',
            message: `temporary pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}: Batch answered well, and left ${rows.map(({ path }) => path).join(', ')} as it was`,
            wayOut: 'take it out of the pool spec, or say prove: canary'
        });
    }
    return `created; ${pool.allocationState}`;
}
function refuseHidden({ body, proofOf }, like) {
    const hidden = (0,pool_body/* hiddenFromLike */.eB)(body, like);
    if (hidden.length === 0)
        return;
    throw new failure/* RunError */.e4({
        reason: 'pool-changed',
        message: `pool ${proofOf} has since got ${hidden.join(', ')}, which no answer shows`,
        wayOut: 'write it into the pool spec, then run again with that; or say prove: canary'
    });
}
async function deleteProofPool(run, step) {
    const { poolId, apiVersion } = step;
    const found = await run.azure.batch.getPool(poolId, apiVersion);
    if (found === undefined)
        return run.undoing === undefined ? 'gone already' : undo_pool/* NOTHING_TO_UNDO */.x_;
    if (found.provisioningState !== 'Deleting') {
        refuseOthers(step, found);
        (0,context/* poolKnown */.i)(run, step).isHeld = false;
        (0,pool_changes/* refuseHeld */._z)(run, step, found);
        await deleteOrEmpty(run, step, found);
    }
    return 'is being deleted';
}
function refuseOthers({ proofOf }, pool) {
    if ((0,proof_pool/* isProofOf */.Il)(pool, proofOf))
        return;
    throw new failure/* RunError */.e4({
        reason: 'pool-changed',
        message: `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)} no longer says that it is a temporary pool of this action`,
        wayOut: 'see whether somebody uses it; delete it where nobody does'
    });
}
async function deleteOrEmpty(run, step, pool) {
    try {
        await run.azure.batch.deletePool(step.poolId, step.apiVersion);
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || (error.status !== 403 && error.status !== 409))
            throw error;
        if (error.code === 'PoolBeingDeleted')
            return;
        const isEmptied = (0,pool_standing/* isAtZero */._V)(pool) || (await empty(run, step, pool));
        throw new failure/* RunError */.e4({
            reason: error.status === 403 ? 'permission-denied' : 'pool-refused',
            message: `${error.message}${isEmptied ? '; it has no nodes, and costs nothing' : ''}`,
            wayOut: `delete pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)} (az batch pool delete); give the identity a role with Microsoft.Batch/batchAccounts/pools/delete, or say prove: canary`,
            cause: error
        });
    }
}
async function empty(run, step, pool) {
    const body = {
        properties: { scaleSettings: { fixedScale: (0,scale_body/* fixedScale */.D$)({ dedicated: 0, lowPriority: 0 }, RESIZE_MS) } }
    };
    try {
        await (0,pool_changes/* patchPool */.J3)(run, step, { pool, body, metadata: (0,pool_metadata/* released */.w2)(pool_metadata/* NO_CHANGE */.XG) });
        return true;
    }
    catch (error) {
        if (run.signal.aborted)
            throw error;
        return false;
    }
}

// EXTERNAL MODULE: ./build/rules/refresh.js
var refresh = __webpack_require__(74403);
;// CONCATENATED MODULE: ./build/decide/refresh.js




const NOTHING_ASKED = { asked: {}, wave: [], away: [], refused: [], waves: 0 };
function decideRefresh(step, view, before) {
    const progress = { ...before, away: awayIn(view, before) };
    const waiting = view.nodes.filter(({ node }) => isWaiting(node, progress));
    if (waiting.length > 0 && view.msSinceAsked > step.drainTimeoutMs)
        return overdue(waiting);
    const judged = view.nodes.filter(({ node }) => isJudged(node, progress));
    const tally = (0,node_health/* tallyNodes */.g4)(judged, step.nodeTimeoutMs);
    const asked = Object.keys(progress.asked).length;
    const health = (0,node_health/* judgeHealth */.u7)({
        tally: { ...tally, pending: tally.pending + waiting.length, total: tally.total + waiting.length },
        expected: tally.total + waiting.length,
        msShort: 0,
        outOf: asked,
        maxUnhealthy: step.maxUnhealthy,
        nodeTimeoutMs: step.nodeTimeoutMs,
        hasChance: false
    });
    const remaining = (0,refresh/* nodesToRefresh */.MO)(refresh_nodesOf(view), view.changedAt).filter(({ nodeId }) => isOpen(nodeId, progress));
    const where = `${asked} of ${asked + remaining.length} nodes asked to restart`;
    if (health.kind === 'bad') {
        const wayOut = `${health.wayOut}; those that weren’t asked to restart run what they started with`;
        return { ...health, kind: 'halt', reason: `${where}; ${health.reason}`, wayOut, bad: tally.bad };
    }
    if (health.kind === 'wait')
        return { kind: 'wait', reason: `${where}; ${waveText(view, progress, waiting)}`, progress };
    const others = view.nodes.filter(aged => isAwayAnyhow(aged, step, { view, progress }));
    if (others.length > 0) {
        const which = (0,describe_nodes/* countStates */.c)(others.map(({ node }) => node.state));
        return { kind: 'wait', reason: `${where}; ${which}, which this run hasn’t asked`, progress };
    }
    if (remaining.length === 0)
        return done(view, progress, asked);
    const size = (0,refresh/* nextWaveSize */.Ir)(step, { nodes: (0,refresh/* countedNodes */.wS)(refresh_nodesOf(view)), begun: progress.waves });
    const nodeIds = remaining.slice(0, size).map(({ nodeId }) => nodeId);
    const next = `${nodeIds.length} ${nodeIds.length === 1 ? 'node' : 'nodes'} by ${step.by}`;
    return { kind: 'restart', nodeIds, reason: `${where}; ${progress.waves === 0 ? 'first wave' : 'next wave'}: ${next}` };
}
const refresh_nodesOf = ({ nodes }) => nodes.map(({ node }) => node);
const isOpen = (nodeId, { asked, refused }) => asked[nodeId] === undefined && !refused.includes(nodeId);
function withWave(progress, { nodes }, { taken, refused }) {
    const shown = nodes
        .filter(({ node }) => taken.includes(node.nodeId))
        .map(({ node: { nodeId, state, bootedAt } }) => [nodeId, { state, ...(bootedAt && { bootedAt }) }]);
    return {
        asked: { ...progress.asked, ...Object.fromEntries(shown) },
        wave: taken,
        away: [],
        refused: [...progress.refused, ...refused],
        waves: progress.waves + (taken.length > 0 ? 1 : 0)
    };
}
const AWAY = new Set(['rebooting', 'reimaging', 'starting', 'waitingforstarttask']);
function isAwayAnyhow({ node, ms }, { nodeTimeoutMs }, { view, progress }) {
    const isOwn = progress.asked[node.nodeId] !== undefined;
    return !isOwn && AWAY.has(node.state) && isFormer(node, view.changedAt) && ms <= nodeTimeoutMs;
}
const isFormer = (node, changedAt) => node.allocatedAt === undefined ? (0,refresh/* startedBefore */.D1)(node, changedAt) : Date.parse(node.allocatedAt) < changedAt;
function awayIn({ nodes }, { wave, away }) {
    const seen = nodes.filter(({ node }) => AWAY.has(node.state)).map(({ node }) => node.nodeId);
    return wave.filter(nodeId => away.includes(nodeId) || seen.includes(nodeId));
}
function isWaiting(node, { asked, wave, away }) {
    const before = asked[node.nodeId];
    if (before === undefined || !wave.includes(node.nodeId) || away.includes(node.nodeId))
        return false;
    return node.bootedAt === before.bootedAt && ((0,node_state/* bearingOf */.Y)(node) === 'healthy' || node.state === before.state);
}
function isJudged(node, progress) {
    if (progress.asked[node.nodeId] === undefined || isWaiting(node, progress))
        return false;
    return progress.wave.includes(node.nodeId) || (0,node_state/* bearingOf */.Y)(node) !== 'pending';
}
function overdue(waiting) {
    const which = waiting.length === 1 ? '1 node has' : `${waiting.length} nodes have`;
    return {
        kind: 'halt',
        failure: 'drain-timeout',
        reason: `${which} not begun to restart, and the drain-timeout is up`,
        wayOut: 'give the tasks longer (drain-timeout, within the deadline), or drain: requeue; a node that was asked restarts when its ' +
            'tasks are done, and the next run goes on with the others',
        bad: waiting
    };
}
function waveText({ nodes }, { wave }, waiting) {
    const shown = nodes.filter(aged => wave.includes(aged.node.nodeId) && !waiting.includes(aged));
    const parts = [
        ...(waiting.length > 0 ? [`${waiting.length} not begun yet`] : []),
        ...(shown.length > 0 ? [(0,describe_nodes/* countStates */.c)(shown.map(({ node }) => node.state))] : [])
    ];
    return `of this wave ${parts.join(', ')}`;
}
function done(view, { asked, refused }, count) {
    const left = refresh_nodesOf(view).filter(node => asked[node.nodeId] === undefined &&
        ((0,refresh/* isLeft */.OC)(node, view.changedAt) || (refused.includes(node.nodeId) && (0,refresh/* startedBefore */.D1)(node, view.changedAt))));
    const restarted = `${count} ${count === 1 ? 'node has' : 'nodes have'} restarted`;
    return { kind: 'done', reason: count === 0 ? 'no node has started before the change' : restarted, left };
}

;// CONCATENATED MODULE: ./build/execute/refresh-nodes.js











const refresh_nodes_SIDE_BY_SIDE = 5;
const refresh_nodes_SAID_NODES = 3;
async function refreshNodes(run, step) {
    const looks = (0,node_looks/* nodeLooks */.NT)(run);
    const tell = (0,loop/* teller */.FW)(run, step.id);
    let changedAt;
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: NOTHING_ASKED,
        look: async ({ sinceMs }) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            changedAt ??= (0,refresh/* changedAtOf */.hj)(pool) ?? run.azureNow();
            const { nodes } = looks.at(await (0,node_looks/* readNodes */.g0)(run, step), (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)));
            return { pool, nodes, changedAt, msSinceAsked: sinceMs() };
        },
        decide: (seen, progress) => decideRefresh(step, seen, progress),
        tell,
        act: async (decision, { look: seen, progress, pace }) => {
            if (decision.kind === 'wait') {
                await (0,pool_changes/* unlessBusy */.yB)((0,pool_changes/* renewLease */.EH)(run, step, seen.pool));
                return { progress: decision.progress };
            }
            const isHeld = await hold(run, step, seen.pool);
            if (!isHeld)
                return undefined;
            tell(decision.reason);
            const came = await restartAll(run, step, decision.nodeIds);
            pace.restart();
            return { progress: withWave(progress, seen, came) };
        },
        errorOf: async (halt) => {
            const output = await startTaskOutput(run, step, halt.bad);
            return (0,node_looks/* halted */.TU)(run, step, { verdict: halt, bad: halt.bad, output });
        }
    });
    warnOfLeft(run, step, done.left);
    return done.reason;
}
async function hold(run, step, pool) {
    const { metadata, nodeTimeoutMs } = step;
    const held = (0,pool_changes/* patchPool */.J3)(run, step, { pool, body: { properties: {} }, metadata, holdMs: nodeTimeoutMs });
    return (await (0,pool_changes/* unlessBusy */.yB)(held)) !== undefined;
}
async function restartAll(run, step, nodeIds) {
    const came = { taken: [], refused: [] };
    let refusal;
    const restart = async (nodeId) => {
        try {
            await refresh_nodes_ask(run, step, nodeId);
            came.taken.push(nodeId);
        }
        catch (error) {
            if (!(error instanceof errors/* AzureError */.M) || (error.status !== 409 && error.status !== 404))
                throw error;
            if (error.code === 'OperationNotValidOnNode')
                throw notValid(step, error);
            const isUnderWay = error.code === 'NodeBeingRebooted' || error.code === 'NodeBeingReimaged';
            if (!isUnderWay)
                refusal = error;
            came[isUnderWay ? 'taken' : 'refused'].push(nodeId);
        }
    };
    for (let at = 0; at < nodeIds.length; at += refresh_nodes_SIDE_BY_SIDE) {
        const { pool } = (0,context/* poolKnown */.i)(run, step);
        if (pool !== undefined)
            await (0,pool_changes/* renewLease */.EH)(run, step, pool);
        await Promise.all(nodeIds.slice(at, at + refresh_nodes_SIDE_BY_SIDE).map(restart));
    }
    if (refusal !== undefined) {
        run.say(step.id, `${came.taken.length} of ${nodeIds.length} take a ${step.by}: ${refusal.message}`);
    }
    return came;
}
function refresh_nodes_ask(run, step, nodeId) {
    const service = (0,node_looks/* serviceOf */.z5)(run, step);
    const poolName = (0,arm_id/* nameOf */.Vb)(step.poolId);
    return step.by === 'reboot'
        ? service.rebootNode(poolName, nodeId, step.drain)
        : service.reimageNode(poolName, nodeId, step.drain);
}
function notValid(step, error) {
    const wayOut = step.by === 'reimage' ? 'say refresh-nodes: reboot' : 'restart the nodes yourself, with refresh-nodes: none';
    return new failure/* RunError */.e4({ reason: 'pool-refused', message: error.message, wayOut, cause: error });
}
function warnOfLeft(run, step, left) {
    if (left.length === 0)
        return;
    const named = left.slice(0, refresh_nodes_SAID_NODES).map(({ nodeId, state }) => `${nodeId} is ${state}`);
    const more = left.length > refresh_nodes_SAID_NODES ? ` and ${left.length - refresh_nodes_SAID_NODES} more` : '';
    const keep = left.length === 1 ? '1 node keeps what it' : `${left.length} nodes keep what they`;
    run.warn(step.id, {
        message: `${keep} started with, and Batch doesn’t restart ${left.length === 1 ? 'it' : 'them'} in that state: ${named.join(', ')}${more}`,
        wayOut: 'restart what is left once it is idle or running (az batch node reboot), or remove it'
    });
}

;// CONCATENATED MODULE: ./build/decide/smoke-test.js

const SLACK_MS = 10 * 60_000;
const MOST_TRIES = 5;
const MOST_NAMED = 3;
function decideSmokeTest(step, view, asked) {
    const nodes = view.nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').map(({ nodeId }) => nodeId);
    const failed = view.tasks.filter(({ state, failure }) => state === 'completed' && failure !== undefined);
    if (failed.length > 0)
        return halted(step, failed, nodes.length);
    const proved = new Set(view.tasks.filter(hasPassed).map(({ nodeId }) => nodeId));
    const open = nodes.filter(nodeId => !proved.has(nodeId));
    const where = `${nodes.length - open.length} of ${nodes.length} nodes`;
    if (nodes.length > 0 && open.length === 0)
        return { kind: 'done', reason: `exit code 0 on ${smoke_test_counted(nodes.length)}` };
    if (view.msSinceBegun >= step.timeoutMs + SLACK_MS)
        return unjudged(step, where, nodes.length);
    const pending = new Set(view.tasks.filter(({ state }) => state !== 'completed').map(({ taskId }) => taskId));
    const isAsked = (nodeId) => [...asked].some(([taskId, one]) => one === nodeId && (pending.has(taskId) || isUnlisted(taskId, view)));
    const missing = open.filter(nodeId => !isAsked(nodeId));
    const tries = (nodeId) => [...asked.values()].filter(one => one === nodeId).length;
    const lost = missing.find(nodeId => tries(nodeId) >= MOST_TRIES);
    if (lost !== undefined)
        return misplaced(lost, where);
    if (missing.length === 0)
        return { kind: 'wait', reason: `${where} passed${statesOf(view.tasks)}` };
    const wanted = missing.map((nodeId, index) => ({ taskId: taskIdOf(asked.size + index), nodeId }));
    const again = asked.size > 0 ? '; tasks ran on other nodes than they asked for' : '';
    return { kind: 'add-tasks', reason: `${where} passed${again}; ${smoke_test_counted(missing.length)} to run it`, wanted };
}
const hasPassed = ({ state, failure, exitCode }) => state === 'completed' && failure === undefined && exitCode === 0;
const isUnlisted = (taskId, { tasks }) => tasks.every(task => task.taskId !== taskId);
const taskIdOf = (index) => `node-${String(index + 1).padStart(4, '0')}`;
const smoke_test_counted = (nodes) => `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
function statesOf(tasks) {
    const states = [...Map.groupBy(tasks, ({ state }) => state)].filter(([state]) => state !== 'completed');
    return states.map(([state, { length }]) => `; ${length} ${state}`).join('');
}
function halted(step, failed, nodes) {
    const named = failed.slice(0, MOST_NAMED).map(({ nodeId, exitCode, failure = '' }) => {
        const how = exitCode === undefined || exitCode === 0 ? failure : `exit code ${exitCode}`;
        return `${how} on ${nodeId ?? 'a node'}`;
    });
    const more = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : '';
    const isOwn = failed.some(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
    return {
        kind: 'halt',
        failure: 'smoke-test-failed',
        reason: `the smoke test failed on ${failed.length} of ${smoke_test_counted(nodes)}: ${named.join(', ')}${more}`,
        wayOut: `look at what it wrote; fix the image, or the test${untouched(step)}`,
        failed: failed.slice(0, MOST_NAMED),
        ...(isOwn ? { blamesImage: true } : {})
    };
}
function unjudged(step, where, nodes) {
    const why = nodes === 0 ? 'no node is left to run it on' : `${where} have run it to its end`;
    return {
        kind: 'halt',
        failure: 'smoke-test-failed',
        repetition: 'unknown',
        reason: `after ${Math.round((step.timeoutMs + SLACK_MS) / 60_000)} minutes ${why}: that proves nothing, and says nothing against the image`,
        wayOut: `see what else runs on the nodes; run again, or give it longer (smoke-test-timeout)${untouched(step)}`,
        failed: []
    };
}
function misplaced(nodeId, where) {
    return {
        kind: 'halt',
        failure: 'smoke-test-failed',
        repetition: 'unknown',
        reason: `${where} passed; ${MOST_TRIES} tasks that asked for ${nodeId} ran elsewhere`,
        wayOut: 'see what else runs on that node, then run again',
        failed: []
    };
}
const untouched = ({ proofOf }) => (proofOf === undefined ? '' : `; pool ${proofOf} is as it was`);

// EXTERNAL MODULE: ./build/model/secret-reference.js
var secret_reference = __webpack_require__(57920);
// EXTERNAL MODULE: ./build/rules/smoke-job.js
var smoke_job = __webpack_require__(87071);
// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
;// CONCATENATED MODULE: ./build/execute/smoke-test.js













const MOST_AT_ONCE = 100;
const SHOWN_TASKS = 1;
const FIRST_TASK_MS = 5_000;
async function runSmokeTest(run, step) {
    const [service, job, poolName] = [(0,node_looks/* serviceOf */.z5)(run, step), (0,arm_id/* nameOf */.Vb)(step.jobId), (0,arm_id/* nameOf */.Vb)(step.poolId)];
    const longestMs = 2 * (step.timeoutMs + SLACK_MS);
    await service.createJob((0,smoke_job/* smokeJob */.j)(job, poolName, { context: run.context, longestMs }));
    const { done, look } = await (0,loop/* drive */.rU)(run, {
        progress: new Map(),
        look: async ({ sinceMs }) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            const [nodes, tasks] = await Promise.all([(0,node_looks/* readNodes */.g0)(run, step), service.listTasks(job)]);
            return { pool, nodes, tasks, msSinceBegun: sinceMs() };
        },
        decide: (view, asked) => decideSmokeTest(step, view, asked),
        tell: (0,loop/* teller */.FW)(run, step.id),
        act: async (decision, { look: { pool, nodes }, progress }) => {
            await (0,pool_changes/* renewLease */.EH)(run, step, pool);
            if (decision.kind === 'wait')
                return undefined;
            run.say(step.id, decision.reason);
            await addTasks(run, step, { pool, nodes, wanted: decision.wanted });
            const added = decision.wanted.map(({ taskId, nodeId }) => [taskId, nodeId]);
            return { progress: new Map([...progress, ...added]) };
        },
        errorOf: async (halt) => {
            if (halt.blamesImage === true) {
                run.known.conditions.add('image-blamed');
                (0,context/* poolKnown */.i)(run, step).hasFailedNodes = true;
            }
            const { failure: reason, reason: message, wayOut, repetition } = halt;
            const details = (await Promise.all(halt.failed.map(task => outputOf(run, step, task)))).flat();
            return new failure/* RunError */.e4({ reason, message, wayOut, repetition, details });
        },
        expectMs: FIRST_TASK_MS
    });
    const shown = look.tasks.filter(({ exitCode }) => exitCode === 0).slice(0, SHOWN_TASKS);
    const output = (await Promise.all(shown.map(task => outputOf(run, step, task)))).flat();
    for (const line of output)
        run.say(step.id, line);
    run.known.smokeTests.push({ poolName, result: done.reason, output });
    return done.reason;
}
async function addTasks(run, step, { pool, nodes, wanted }) {
    const tasks = wanted.map(({ taskId, nodeId }) => {
        const affinityId = nodes.find(node => node.nodeId === nodeId)?.affinityId ?? nodeId;
        return taskFor(run, step, { pool, taskId, affinityId });
    });
    for (let at = 0; at < tasks.length; at += MOST_AT_ONCE) {
        await (0,node_looks/* serviceOf */.z5)(run, step).addTasks((0,arm_id/* nameOf */.Vb)(step.jobId), tasks.slice(at, at + MOST_AT_ONCE));
    }
}
function taskFor(run, step, { pool, taskId, affinityId }) {
    const properties = (0,json/* objectOf */.Xy)(pool.body.properties);
    const task = (0,secret_reference/* resolveSecrets */.M)(step.task, run.env);
    const own = (0,json/* itemsOf */.S3)(task.environmentSettings);
    const ofStartTask = (0,json/* itemsOf */.S3)((0,json/* objectOf */.Xy)(properties.startTask).environmentSettings);
    const environmentSettings = [...ofStartTask.filter(({ name }) => own.every(one => one.name !== name)), ...own];
    const slots = properties.taskSlotsPerNode;
    return {
        ...task,
        ...(environmentSettings.length === 0 ? {} : { environmentSettings }),
        id: taskId,
        affinityInfo: { affinityId },
        ...(typeof slots === 'number' && slots > 1 ? { requiredSlots: slots } : {}),
        constraints: { maxTaskRetryCount: 0, maxWallClockTime: (0,iso8601/* formatIso8601 */.I)(step.timeoutMs) }
    };
}
const smoke_test_FILES = ['stderr.txt', 'stdout.txt'];
async function outputOf(run, step, { taskId }) {
    const read = (path) => (bytes) => (0,node_looks/* serviceOf */.z5)(run, step).taskFileEnd((0,arm_id/* nameOf */.Vb)(step.jobId), { taskId, path, bytes });
    return (await Promise.all(smoke_test_FILES.map(path => outputLines(run, path, read(path))))).flat();
}
async function deleteSmokeJob(run, step) {
    try {
        await (0,node_looks/* serviceOf */.z5)(run, step).deleteJob((0,arm_id/* nameOf */.Vb)(step.jobId));
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || error.status !== 403)
            throw error;
        throw new failure/* RunError */.e4({
            reason: 'permission-denied',
            message: error.message,
            wayOut: 'give the identity a role with the data action Microsoft.Batch/batchAccounts/jobs/delete',
            cause: error
        });
    }
    return 'is being deleted';
}

;// CONCATENATED MODULE: ./build/rules/formula-shortfall.js

function formulaShortfall(pool) {
    const [error] = pool.resize?.errors ?? [];
    if (pool.scale.kind !== 'auto' || pool.allocationState !== 'Steady' || error === undefined)
        return undefined;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const asked = {
        dedicated: pool.resize?.targetDedicatedNodes ?? has.dedicated,
        lowPriority: pool.resize?.targetLowPriorityNodes ?? has.lowPriority
    };
    return (0,node_targets/* isShort */.tQ)(has, asked) ? { asked, has, error } : undefined;
}

;// CONCATENATED MODULE: ./build/decide/verify.js





function decideVerify(step, { pool, nodes, msShort, msSinceBegun }) {
    const isOver = msSinceBegun >= step.settleMs;
    const where = `${(0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(pool))}; the pool is ${pool.allocationState}`;
    if (pool.allocationState !== 'Steady' && !isOver)
        return { kind: 'wait', reason: where };
    if (nodes === undefined)
        return { kind: 'look-at-nodes', reason: where };
    const expected = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool));
    if (expected === 0)
        return unlessShort(pool, nodes);
    const startsForEver = pool.scale.kind === 'auto' && isOver && nodes.healthy > 0;
    const health = (0,node_health/* judgeHealth */.u7)({
        tally: startsForEver ? { ...nodes, pending: 0 } : nodes,
        expected: startsForEver ? nodes.total : expected,
        msShort,
        outOf: expected,
        maxUnhealthy: step.maxUnhealthy,
        nodeTimeoutMs: step.nodeTimeoutMs,
        hasChance: false
    });
    switch (health.kind) {
        case 'healthy':
            return unlessShort(pool, nodes);
        case 'wait':
            return health;
        case 'bad':
            return { ...health, kind: 'halt' };
        case 'apart':
            return (nodes.preemptedMs ?? Infinity) <= step.nodeTimeoutMs
                ? { kind: 'wait', reason: `${nodes.states}: Batch may bring them back` }
                : { kind: 'halt', ...(0,node_health/* apartVerdict */.KZ)(nodes, step.nodeTimeoutMs) };
    }
}
function unlessShort(pool, { states }) {
    const short = formulaShortfall(pool);
    if (short === undefined)
        return { kind: 'done', reason: states };
    const { reason: failure, repetition, wayOut } = resizeMeaning(short.error);
    const { asked, has, error } = short;
    const reason = `the formula asked for ${(0,node_targets/* describeTargets */.Eg)(asked)}, and the pool has ${(0,node_targets/* describeTargets */.Eg)(has)}: ${describeError(error)}`;
    if ((0,node_targets/* totalOf */.e6)(has) === 0)
        return { kind: 'halt', failure, repetition, wayOut, reason };
    const retried = `the formula asks again at each evaluation; if it goes on: ${wayOut}`;
    return { kind: 'done', reason: states, shortfall: { failure, repetition, wayOut, reason, retried } };
}

;// CONCATENATED MODULE: ./build/execute/verify-nodes.js








async function verifyNodes(run, step) {
    const looks = (0,node_looks/* nodeLooks */.NT)(run);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ sinceMs }) => {
            const pool = await (0,pool_changes/* readPool */.Xu)(run, step);
            return { pool, msShort: 0, msSinceBegun: sinceMs() };
        },
        decide: view => decideVerify(step, view),
        tell: (0,loop/* teller */.FW)(run, step.id),
        act: async ({ kind }, { look: { pool }, pace: { mark, sinceMs } }) => {
            if (kind === 'wait')
                return undefined;
            const expected = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool));
            const { nodes, msShort } = looks.at(await (0,node_looks/* readNodes */.g0)(run, step), expected);
            const tally = (0,node_health/* tallyNodes */.g4)(nodes, step.nodeTimeoutMs);
            mark('settled', tally.total - tally.pending, expected);
            return { look: { pool, nodes: tally, msShort, msSinceBegun: sinceMs() } };
        },
        errorOf: async (verdict, { pool, nodes }) => {
            const bad = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) === 0 ? [] : (nodes?.bad ?? []);
            return (0,node_looks/* halted */.TU)(run, step, { verdict, bad, output: await startTaskOutput(run, step, bad) });
        }
    });
    const { reason, shortfall } = done;
    if (shortfall !== undefined)
        await warnOfShortfall(run, step, shortfall);
    return reason;
}
async function warnOfShortfall(run, step, shortfall) {
    const looked = await (0,image_still_there/* withImageLookedAt */.v)(run, step, shortfall);
    if (looked !== shortfall)
        throw (0,loop/* haltError */._i)(looked);
    run.warn(step.id, { message: shortfall.reason, wayOut: shortfall.retried });
}

// EXTERNAL MODULE: ./build/azure/write-again.js
var write_again = __webpack_require__(89562);
// EXTERNAL MODULE: ./build/rules/lease.js
var rules_lease = __webpack_require__(83674);
// EXTERNAL MODULE: ./build/rules/vm-state.js
var vm_state = __webpack_require__(8067);
// EXTERNAL MODULE: ./build/shared/time-limit.js
var time_limit = __webpack_require__(13141);
// EXTERNAL MODULE: ./build/execute/hold.js
var execute_hold = __webpack_require__(3887);
;// CONCATENATED MODULE: ./build/execute/vm-steps.js












const HOLD_MS = 60 * 60_000;
const POSTS_HOLD_MS = 10 * 60_000;
async function stopVm(run, { vmId, startsAgain }) {
    const vm = await readVm(run, vmId);
    refuseHeld(run, vmId, vm);
    if (startsAgain) {
        run.known.vm = 'held';
        const tags = (0,rules_lease/* withLeaseTag */.j8)(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS);
        await changed(vmId, 'given its lease', run.azure.compute.setVmTags(vmId, tags, vm.etag));
    }
    await changed(vmId, 'deallocated', run.azure.compute.deallocateVm(vmId));
    return 'deallocated';
}
async function verifyVmStopped(run, step) {
    const { vmId, startsAgain } = step;
    const vm = await readVm(run, vmId);
    const lease = (0,rules_lease/* leaseOfTags */.n7)(vm.tags);
    const isHeld = !startsAgain || (0,execute_hold/* holdOn */.n)(run, lease, vm.readAt) === 'mine';
    if (isHeld && vm.powerState === 'deallocated')
        return 'still stopped';
    if (!isHeld && lease !== undefined && !(0,rules_lease/* isOfRun */.NG)(lease, run.context)) {
        throw new failure/* RunError */.e4({
            reason: 'vm-failed',
            message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)}: ${(0,rules_lease/* describeHolder */.sG)(lease)} has taken over from this run`,
            wayOut: 'let that run end; then this one finds what it made'
        });
    }
    run.known.conditions.add('vm-has-run');
    const what = isHeld ? `is ${vm.powerState ?? 'in an unknown state'}` : 'has lost the lease of this run';
    throw new failure/* RunError */.e4({
        reason: 'vm-failed',
        message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} ${what}, though it was stopped for its snapshots, which are of no use now and are deleted`,
        wayOut: 'find out who starts it (a post step, a schedule, a person), then run again: the snapshots are made again'
    });
}
async function startVm(run, step) {
    const { undoing, clock, deadlineAt } = run;
    if (undoing === undefined)
        return startHeld(run, step);
    if (!(await isToBeStarted(run, step.vmId)))
        return undo_pool/* NOTHING_TO_UNDO */.x_;
    if (clock.now() < deadlineAt)
        return startHeld(run, step);
    return (0,time_limit/* within */.ux)(clock, START_WITHIN_MS, limit => {
        const signal = (0,time_limit/* anyOf */.EB)([limit, run.signal]);
        return startHeld({ ...run, azure: run.azure.until(signal), signal }, step);
    });
}
const START_WITHIN_MS = 4_000;
async function startHeld(run, step) {
    const { vmId } = step;
    const { vm } = await (0,watch/* watch */.w)(run, async () => {
        const seen = await (run.undoing === undefined ? readVm(run, vmId) : run.azure.compute.getVm(vmId));
        return seen !== undefined && (0,vm_state/* isInMotion */.g)(seen) ? undefined : { vm: seen };
    });
    if (vm === undefined)
        return undo_pool/* NOTHING_TO_UNDO */.x_;
    const lease = (0,rules_lease/* leaseOfTags */.n7)(vm.tags);
    if (!MAY_START.has((0,execute_hold/* holdOn */.n)(run, lease, vm.readAt))) {
        run.known.vm = 'released';
        return `left as it is: ${lease === undefined ? 'the lease is gone from its tags' : `${(0,rules_lease/* describeHolder */.sG)(lease)} holds it`}`;
    }
    run.known.vm = 'held';
    await takeOver(run, vmId, vm);
    const starts = !vm.generalized && vm.powerState !== 'running';
    if (starts && !(await isSeenRunning(run, vmId))) {
        return 'asked to start, and not seen running in time: see whether it runs, and start it (az vm start)';
    }
    await takeLeaseOff(run, step, vm);
    if (vm.generalized)
        return 'Azure knows it as generalized by now, and it can’t be started';
    return run.undoing !== undefined && starts ? 'started again' : 'running';
}
async function takeOver(run, vmId, vm) {
    if ((0,execute_hold/* holdOn */.n)(run, (0,rules_lease/* leaseOfTags */.n7)(vm.tags), vm.readAt) === 'mine')
        return;
    const tags = (0,rules_lease/* withLeaseTag */.j8)(vm.tags, run.context, (vm.readAt ?? run.azureNow()) + HOLD_MS);
    await changed(vmId, 'given its lease', run.azure.compute.setVmTags(vmId, tags, vm.etag));
}
const MAY_START = new Set(['mine', 'earlier-attempt', 'ran-out']);
async function isSeenRunning(run, vmId) {
    try {
        await changed(vmId, 'started again', run.azure.compute.startVm(vmId));
        return true;
    }
    catch (error) {
        if (run.undoing?.actsFor !== undefined && run.signal.aborted)
            return false;
        throw error;
    }
}
async function isToBeStarted(run, vmId) {
    const isPostStep = run.undoing?.actsFor !== undefined;
    if (!isPostStep)
        return run.known.vm === 'held';
    const vm = await run.azure.compute.getVm(vmId);
    if (vm === undefined || (0,execute_hold/* holdOn */.n)(run, (0,rules_lease/* leaseOfTags */.n7)(vm.tags), vm.readAt) !== 'mine')
        return false;
    const until = (vm.readAt ?? run.azureNow()) + POSTS_HOLD_MS;
    try {
        await run.azure.compute.setVmTags(vmId, (0,rules_lease/* withLeaseTag */.j8)(vm.tags, run.context, until), vm.etag);
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || ![409, 412].includes(error.status ?? 0))
            throw error;
    }
    return true;
}
async function takeLeaseOff(run, { id, vmId }, vm) {
    try {
        await release(run, vmId, vm);
    }
    catch (error) {
        if (run.signal.aborted)
            throw error;
        run.known.vm = 'released';
        run.warn(id, {
            message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} runs, and keeps the lease of this run in its tags: ${(0,shared_text/* messageOf */.bD)(error)}`,
            wayOut: 'nothing, or delete the tag batch-image-rollout-lease: until it runs out, another run with stop-vm stops with vm-held'
        });
    }
}
async function release(run, vmId, vm) {
    const write = async (seen) => {
        await run.azure.compute.setVmTags(vmId, (0,rules_lease/* withLeaseTag */.j8)(seen.tags, run.context, undefined), seen.etag);
        return seen;
    };
    const lookAgain = async (before) => {
        const seen = await run.azure.compute.getVm(vmId);
        const done = seen === undefined || !MAY_START.has((0,execute_hold/* holdOn */.n)(run, (0,rules_lease/* leaseOfTags */.n7)(seen.tags), seen.readAt));
        return { seen: seen ?? before, done };
    };
    const { seen, done } = await lookAgain(vm);
    if (!done)
        await changed(vmId, 'released', (0,write_again/* writeAgain */.S)(seen, { write, lookAgain }));
    run.known.vm = 'released';
}
async function readVm(run, vmId) {
    const vm = await run.azure.compute.getVm(vmId);
    if (vm !== undefined && vm.provisioningState !== 'Deleting')
        return vm;
    throw new failure/* RunError */.e4({
        reason: 'vm-failed',
        message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} is ${vm === undefined ? 'gone' : 'being deleted'}`,
        wayOut: 'find out who deletes it'
    });
}
function refuseHeld(run, vmId, vm) {
    const lease = (0,rules_lease/* leaseOfTags */.n7)(vm.tags);
    if (lease === undefined)
        return;
    const state = (0,execute_hold/* holdOn */.n)(run, lease, vm.readAt);
    if (state === 'held') {
        const { message, wayOut } = (0,rules_lease/* heldMessage */.BA)(lease, 'VM');
        throw new failure/* RunError */.e4({ reason: 'vm-failed', message: `VM ${(0,arm_id/* nameOf */.Vb)(vmId)}: ${message}`, wayOut });
    }
    if (state !== 'mine')
        run.say('stop-vm', `taken over from ${(0,rules_lease/* describeHolder */.sG)(lease)}`);
}
function changed(vmId, how, change) {
    return (0,refused/* orRefused */.o)(change, {
        reason: 'vm-failed',
        message: error => `VM ${(0,arm_id/* nameOf */.Vb)(vmId)} could not be ${how}: ${error.message}`,
        wayOut: how === 'started again'
            ? 'start it yourself when Azure has room for it (az vm start), or run again, which tries it once more'
            : 'see what else is done to the VM, then run again'
    });
}

;// CONCATENATED MODULE: ./build/decide/snapshot.js

const MADE_ANEW = 'run again with the same inputs; a failed snapshot is made again';
function decideSnapshot({ snapshotId }, snapshot) {
    const { provisioningState: state, completionPercent } = snapshot ?? { provisioningState: 'gone' };
    if (state === 'Failed' || state === 'gone') {
        const reason = `snapshot ${(0,arm_id/* nameOf */.Vb)(snapshotId)} is ${state}`;
        return { kind: 'halt', failure: 'snapshot-failed', reason, wayOut: MADE_ANEW, repetition: 'helps' };
    }
    if (state === 'Succeeded' && (completionPercent ?? 100) >= 100)
        return { kind: 'done', reason: 'copied' };
    return { kind: 'wait', reason: completionPercent === undefined ? state : `${state}, ${completionPercent}% copied` };
}

;// CONCATENATED MODULE: ./build/execute/snapshot-steps.js



async function createSnapshot(run, step) {
    await (0,refused/* orRefused */.o)(run.azure.compute.createSnapshot(step.snapshotId, step.body), {
        reason: 'snapshot-failed',
        wayOut: MADE_ANEW
    });
    return awaitSnapshot(run, step);
}
async function awaitSnapshot(run, step) {
    const tellCopied = (0,loop/* teller */.FW)(run, step.id);
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async ({ mark }) => {
            const snapshot = await run.azure.compute.getSnapshot(step.snapshotId);
            const { completionPercent } = snapshot ?? {};
            if (snapshot?.provisioningState === 'Failed' || completionPercent === undefined)
                return snapshot;
            mark('percent', completionPercent, 100);
            tellCopied(`${completionPercent}% copied`);
            return snapshot;
        },
        decide: snapshot => decideSnapshot(step, snapshot),
        tell: loop/* SILENT */.qY
    });
    return done.reason;
}
async function deleteSnapshot(run, step) {
    await run.azure.compute.deleteSnapshot(step.snapshotId);
    return 'deleted';
}

;// CONCATENATED MODULE: ./build/execute/perform-step.js















function performStep(run, step) {
    switch (step.kind) {
        case 'stop-vm':
            return stopVm(run, step);
        case 'verify-vm-stopped':
            return verifyVmStopped(run, step);
        case 'start-vm':
            return startVm(run, step);
        case 'create-snapshot':
            return createSnapshot(run, step);
        case 'await-snapshot':
            return awaitSnapshot(run, step);
        case 'delete-snapshot':
            return deleteSnapshot(run, step);
        case 'create-gallery-image':
            return createGalleryImage(run, step);
        case 'create-image-version':
            return createImageVersion(run, step);
        case 'await-image-version':
            return awaitImageVersion(run, step);
        case 'settle-image-version':
            return settleImageVersion(run, step);
        case 'update-image-version':
            return updateImageVersion(run, step);
        case 'change-image-regions':
            return changeImageRegions(run, step);
        case 'await-image-regions':
            return awaitImageRegions(run, step);
        case 'mark-image-proved':
            return markImageProved(run, step);
        case 'mark-image-failed':
            return markImageFailed(run, step);
        case 'create-managed-image':
            return createManagedImage(run, step);
        case 'await-managed-image':
            return awaitManagedImage(run, step);
        case 'create-pool':
            return createPool(run, step);
        case 'create-proof-pool':
            return createProofPool(run, step);
        case 'delete-proof-pool':
            return deleteProofPool(run, step);
        case 'run-smoke-test':
            return runSmokeTest(run, step);
        case 'delete-smoke-job':
            return deleteSmokeJob(run, step);
        case 'patch-pool':
            return patchPool(run, step);
        case 'drain-pool':
            return drainPool(run, step);
        case 'change-pool-image':
            return changePoolImage(run, step);
        case 'scale-pool':
            return scalePool(run, step);
        case 'bake-nodes':
            return bakeNodes(run, step);
        case 'refresh-nodes':
            return refreshNodes(run, step);
        case 'finish-pool':
            return finishPool(run, step);
        case 'verify-nodes':
            return verifyNodes(run, step);
        case 'stop-resize':
            return (0,undo_pool/* stopPoolResize */.fI)(run, step);
        case 'restore-pool':
            return (0,undo_pool/* restorePool */.T0)(run, step);
        case 'release-pool':
            return (0,undo_pool/* releasePool */.ig)(run, step);
    }
}

;// CONCATENATED MODULE: ./build/execute/attempt-step.js







async function attemptStep(run, step) {
    const startedAt = run.clock.now();
    const ended = (status, note) => {
        return { id: step.id, status, startedAt, endedAt: run.clock.now(), note };
    };
    try {
        record(run, step, 'begin');
        if (run.undoing === undefined)
            run.say(step.id, step.title);
        const note = await performWithHeartbeat(run, step);
        if (note !== undo_pool/* NOTHING_TO_UNDO */.x_)
            tryTo(() => record(run, step, 'end'));
        return { outcome: ended('done', note) };
    }
    catch (error) {
        tryTo(() => record(run, step, 'fail'));
        return { outcome: ended(run.signal.aborted ? 'cancelled' : 'failed', (0,shared_text/* messageOf */.bD)(error)), error };
    }
}
function record({ journal, clock }, step, event) {
    const { id, kind, title } = step;
    if ((0,step_kinds/* changesAzure */.bP)(step))
        journal.write({ at: clock.now(), step: id, event, kind, target: (0,model_step/* targetOf */.$r)(step), title });
}
function tryTo(effect) {
    try {
        effect();
    }
    catch {
    }
}
function performWithHeartbeat(run, step) {
    let last = step.title;
    const tell = (silentMs) => run.say(step.id, `still, after ${(0,elapsed/* elapsedText */.Q)(silentMs)}: ${last}`);
    return (0,heartbeat/* withHeartbeat */.p)({ clock: run.clock, signal: run.signal, tell }, spoke => {
        const say = (id, line) => {
            run.say(id, line);
            if (id !== step.id)
                return;
            last = line;
            spoke();
        };
        return performStep({ ...run, say }, step);
    });
}


/***/ }),

/***/ 75059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ nothingKnown),
/* harmony export */   i: () => (/* binding */ poolKnown)
/* harmony export */ });
const nothingKnown = () => ({ pools: new Map(), conditions: new Set(), smokeTests: [] });
function poolKnown({ known }, { poolId }) {
    const id = poolId.toLowerCase();
    const pool = known.pools.get(id) ?? { isHeld: false };
    known.pools.set(id, pool);
    return pool;
}


/***/ }),

/***/ 11909:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ refuseUnexpected),
/* harmony export */   d: () => (/* binding */ refuseChanged)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(51736);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _rules_pool_body_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23333);
/* harmony import */ var _rules_pool_standing_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(42861);
/* harmony import */ var _rules_node_targets_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(19817);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75059);
/* harmony import */ var _node_looks_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19743);







async function refuseUnexpected(run, step, pool) {
    const { mayBeAtZero, idle, imageId, written } = step.expects;
    const isEmptied = mayBeAtZero === true && (0,_rules_pool_standing_js__WEBPACK_IMPORTED_MODULE_2__/* .isAtZero */ ._V)(pool);
    const known = (0,_context_js__WEBPACK_IMPORTED_MODULE_4__/* .poolKnown */ .i)(run, step);
    const scale = step.expects.scale === 'as-left' ? (known.left ?? pool.scale) : step.expects.scale;
    refuseChanged(pool, { scale: isEmptied ? pool.scale : scale, ...(imageId !== undefined && { imageId }) });
    if (written !== undefined)
        refuseOverwritten(known, pool, written);
    if (idle !== undefined)
        await refuseBusy(run, step, pool);
}
function refuseChanged(pool, before) {
    if ((0,_rules_pool_standing_js__WEBPACK_IMPORTED_MODULE_2__/* .isAsFound */ .p5)(pool, before))
        return;
    throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
        reason: 'pool-changed',
        message: `pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(pool.poolId)} has another image or scale than it had before`,
        wayOut: 'find out who changes the pool, then run again'
    });
}
function refuseOverwritten({ unmade }, pool, written) {
    const rows = (0,_rules_pool_body_js__WEBPACK_IMPORTED_MODULE_1__/* .writtenDifferences */ ._k)(written, pool).filter(({ path }) => unmade?.rows.some(row => row.path === path) !== true);
    if (rows.length === 0)
        return;
    throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
        reason: 'pool-changed',
        message: `pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(pool.poolId)} has another ${rows.map(({ path }) => path).join(', ')} than this run gave it`,
        wayOut: 'find out who changes the pool, then run again'
    });
}
async function refuseBusy(run, step, pool) {
    const { tasks } = await (0,_node_looks_js__WEBPACK_IMPORTED_MODULE_3__/* .serviceOf */ .z5)(run, step).activeWork((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(step.poolId));
    const nodes = step.expects.idle === 'no-tasks' ? 0 : (0,_rules_node_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .totalOf */ .e6)((0,_rules_node_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .nodesOf */ .Nh)(pool));
    if (nodes + tasks === 0)
        return;
    const has = `${(0,_rules_node_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .describeTargets */ .Eg)((0,_rules_node_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .nodesOf */ .Nh)(pool))} and ${tasks} active or running tasks`;
    throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
        reason: 'pool-change-refused',
        message: `pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(step.poolId)} was idle when the plan was made, and now has ${has}`,
        wayOut: 'run again when it is idle, or say image-change: in-place'
    });
}


/***/ }),

/***/ 3887:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ isMainsOwn),
/* harmony export */   n: () => (/* binding */ holdOn)
/* harmony export */ });
/* harmony import */ var _rules_lease_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83674);

function holdOn({ context, undoing, azureNow }, lease, now = azureNow()) {
    const main = undoing?.actsFor;
    if (main !== undefined && (0,_rules_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseState */ .oi)(lease, main, now) === 'mine')
        return 'mine';
    return (0,_rules_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseState */ .oi)(lease, context, now);
}
function isMainsOwn({ undoing, azureNow }, lease) {
    return undoing?.actsFor !== undefined && (0,_rules_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseState */ .oi)(lease, undoing.actsFor, azureNow()) === 'mine';
}


/***/ }),

/***/ 46137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ refuseGoneImage),
/* harmony export */   v: () => (/* binding */ withImageLookedAt)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51736);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _model_region_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6356);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(75059);




async function withImageLookedAt(run, address, halt) {
    if (halt.failure !== 'allocation-failed')
        return halt;
    try {
        const lost = await lostImage(run, address);
        return lost === undefined ? halt : { ...halt, ...lost, reason: `${halt.reason}; ${lost.reason}` };
    }
    catch {
        return halt;
    }
}
async function refuseGoneImage(run, id) {
    if (id === undefined || !(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .isArmIdOf */ .p_)(id, 'Microsoft.Compute/galleries/images/versions'))
        return;
    const lost = await whyGone(run, id).catch(() => undefined);
    if (lost === undefined)
        return;
    throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({ reason: 'image-failed', message: lost.reason, wayOut: lost.wayOut, repetition: lost.repetition });
}
async function whyGone(run, id) {
    return goneVersion(run, id, await run.azure.gallery.getVersion(id));
}
async function lostImage(run, address) {
    const id = (0,_context_js__WEBPACK_IMPORTED_MODULE_2__/* .poolKnown */ .i)(run, address).pool?.imageId;
    if (id === undefined)
        return undefined;
    if ((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .isArmIdOf */ .p_)(id, 'Microsoft.Compute/images'))
        return lostManagedImage(run, id);
    return (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .isArmIdOf */ .p_)(id, 'Microsoft.Compute/galleries/images/versions') ? lostVersion(run, address, id) : undefined;
}
async function lostVersion(run, address, id) {
    const version = await run.azure.gallery.getVersion(id, { replication: true });
    const lost = await goneVersion(run, id, version);
    return lost === undefined && version !== undefined ? lostReplica(run, address, version) : lost;
}
async function goneVersion(run, id, version) {
    if (version?.provisioningState === 'Deleting')
        return gone(run, `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(id)} is being deleted`);
    if (version !== undefined)
        return undefined;
    const { gallery } = run.azure;
    const definitionId = (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parentId */ .A1)(id);
    const galleryId = (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parentId */ .A1)(definitionId);
    const [definition, its] = await Promise.all([gallery.getGalleryImage(definitionId), gallery.getGallery(galleryId)]);
    if (its === undefined) {
        const reason = `the gallery ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(galleryId)} of its image isn’t there any more`;
        return { reason, wayOut: `find out who deletes it, and create the gallery again`, repetition: 'after-change' };
    }
    return gone(run, definition === undefined
        ? `the definition ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(definitionId)} of its image isn’t there any more`
        : `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(id)} isn’t there any more`);
}
async function lostReplica(run, { poolId }, { versionId, targetRegions, replication }) {
    const account = await run.azure.batch.getAccount((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .parentId */ .A1)(poolId));
    if (account === undefined)
        return undefined;
    const { location } = account;
    const state = replication?.regions.find(({ region }) => (0,_model_region_js__WEBPACK_IMPORTED_MODULE_3__/* .sameRegion */ .Z)(region, location))?.state;
    const name = `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(versionId)}`;
    if (!targetRegions.some(({ region }) => (0,_model_region_js__WEBPACK_IMPORTED_MODULE_3__/* .sameRegion */ .Z)(region, location))) {
        const wayOut = `find out who takes regions off it, and add ${location} to it again`;
        return again(run, { reason: `${name} has no replica in ${location}, the Batch account’s region`, wayOut });
    }
    if (state === undefined || state === 'Completed')
        return undefined;
    return {
        reason: `the replica of ${name} in ${location} is ${state}`,
        wayOut: `wait until it is Completed, or take ${location} off the version and add it again, then run again`,
        repetition: 'after-change'
    };
}
async function lostManagedImage({ azure }, id) {
    const wayOut = 'find out who deletes it; publish the image under another name, as it can’t be fixed';
    const image = await azure.compute.getManagedImage(id);
    if (image === undefined)
        return { reason: `managed image ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(id)} isn’t there any more`, wayOut, repetition: 'after-change' };
    const snapshots = await Promise.all(image.snapshotIds.map(async (one) => (await azure.compute.getSnapshot(one)) === undefined ? [one] : []));
    const [lost] = snapshots.flat();
    if (lost === undefined)
        return undefined;
    const reason = `snapshot ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(lost)}, which managed image ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(id)} was made of, isn’t there any more`;
    return { reason, wayOut, repetition: 'after-change' };
}
const gone = (run, reason) => again(run, { reason, wayOut: 'find out who deletes it' });
function again({ makesImage }, { reason, wayOut }) {
    return !makesImage
        ? {
            reason,
            wayOut: `${wayOut}, then run again; or roll out another image ("image-id")`,
            repetition: 'after-change'
        }
        : { reason, wayOut: `${wayOut}; a run with the same inputs makes what is missing again`, repetition: 'helps' };
}


/***/ }),

/***/ 71720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ leftBehind)
/* harmony export */ });
/* harmony import */ var _azure_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42721);
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(31612);
/* harmony import */ var _rules_run_tags_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52527);




function leftBehind(step, error) {
    const why = error instanceof Error ? error.message : String(error);
    const { what, wayOut } = consequenceOf(step, error);
    return { message: `${what}: ${why}`, wayOut };
}
const VERSION_WRITE = 'Microsoft.Compute/galleries/images/versions/write';
const AGAIN = 'a later run with the same inputs tries again';
function consequenceOf(step, error) {
    switch (step.kind) {
        case 'delete-snapshot': {
            const by = `az snapshot delete --ids ${step.snapshotId}`;
            return {
                what: `snapshot ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.snapshotId)} is left, and costs money; nothing needs it any more`,
                wayOut: `${obstacleTo(error, { action: 'Microsoft.Compute/snapshots/delete', by })}; ${AGAIN}`
            };
        }
        case 'settle-image-version':
            return {
                what: `the snapshots of image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.versionId)} are left, for it has not settled`,
                wayOut: `see what Azure says of the version (az sig image-version show --expand ReplicationStatus); ${AGAIN}`
            };
        case 'update-image-version':
            return {
                what: `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.versionId)} is not tagged as complete`,
                wayOut: `nothing, unless image-version is auto: then the next run goes on with this version, within a day`
            };
        case 'mark-image-proved': {
            const by = `the role action ${VERSION_WRITE} writes the tag ${_rules_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.proved}`;
            return {
                what: `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.versionId)} is not tagged as proved`,
                wayOut: `nothing, unless latest-proved is to find it: ${by}, and the next rollout of this version tries again`
            };
        }
        case 'mark-image-failed':
            return {
                what: `image version ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.versionId)} could not be marked as failed`,
                wayOut: `with image-version: auto the next run goes on with it, and a rollout takes it, unless its tag ${_rules_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.state} says ` +
                    `"failed" (role action ${VERSION_WRITE})`
            };
        case 'delete-proof-pool': {
            const by = `az batch pool delete --pool-id ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.poolId)}`;
            return {
                what: `temporary pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.poolId)} is left; nothing needs it any more`,
                wayOut: `${obstacleTo(error, { action: 'Microsoft.Batch/batchAccounts/pools/delete', by })}; the next run for pool ${step.proofOf} tries again`
            };
        }
        case 'delete-smoke-job': {
            const by = `az batch job delete --job-id ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.jobId)}`;
            return {
                what: `job ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.jobId)} of the smoke test is left; nothing needs it, and Batch ends it by itself`,
                wayOut: obstacleTo(error, { action: 'the data action Microsoft.Batch/batchAccounts/jobs/delete', by })
            };
        }
        case 'finish-pool':
            return {
                what: `pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(step.poolId)} keeps the lease of this run in its metadata, until it runs out`,
                wayOut: 'nothing, or delete the item batch-image-rollout-lease: until then another run that has to change the pool stops with pool-leased'
            };
        default:
            return { what: `not done: ${step.title}`, wayOut: AGAIN };
    }
}
function obstacleTo(thrown, { action, by }) {
    const error = thrown instanceof _model_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .RunError */ .e4 ? thrown.cause : thrown;
    if (!(error instanceof _azure_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AzureError */ .M))
        return `delete it (${by})`;
    if (error.code === 'ScopeLocked') {
        return `have an Owner or User Access Administrator take the lock off (Microsoft.Authorization/locks/delete) and delete it (${by})`;
    }
    if (error.status === 403)
        return `give the identity a role with ${action}, or delete it (${by})`;
    return `delete it (${by})`;
}


/***/ }),

/***/ 35304:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FW: () => (/* binding */ teller),
/* harmony export */   _i: () => (/* binding */ haltError),
/* harmony export */   qY: () => (/* binding */ SILENT),
/* harmony export */   rU: () => (/* binding */ drive)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _watch_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97186);


async function drive(run, loop) {
    const { errorOf = async (halt) => haltError(halt) } = loop;
    let { progress } = loop;
    const once = async (pace) => {
        let look = await loop.look(pace, progress);
        for (;;) {
            const decision = loop.decide(look, progress);
            if (isOf(decision, 'done'))
                return { done: decision, look };
            if (isOf(decision, 'halt'))
                throw await errorOf(decision, look);
            if (decision.kind === 'wait')
                loop.tell(decision.reason);
            const acted = await loop.act?.(decision, { look, progress, pace });
            if (acted?.progress !== undefined)
                progress = acted.progress;
            if (acted?.look === undefined)
                return undefined;
            look = acted.look;
        }
    };
    return (0,_watch_js__WEBPACK_IMPORTED_MODULE_1__/* .watch */ .w)(run, once, loop.expectMs);
}
function isOf(decision, kind) {
    return decision.kind === kind;
}
function haltError({ failure, reason, wayOut, repetition }) {
    return new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({ reason: failure, message: reason, wayOut, repetition });
}
function teller(run, stepId) {
    let last = '';
    return line => {
        if (line !== '' && line !== last)
            run.say(stepId, line);
        last = line;
    };
}
const SILENT = () => undefined;


/***/ }),

/***/ 19743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NT: () => (/* binding */ nodeLooks),
/* harmony export */   TU: () => (/* binding */ halted),
/* harmony export */   g0: () => (/* binding */ readNodes),
/* harmony export */   z5: () => (/* binding */ serviceOf)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(51736);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _rules_describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99987);
/* harmony import */ var _model_node_state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62976);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75059);
/* harmony import */ var _image_still_there_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46137);






function serviceOf({ azure }, { accountEndpoint }) {
    return azure.batchService(accountEndpoint);
}
async function readNodes(run, address) {
    const nodes = await serviceOf(run, address).listNodes((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_4__/* .nameOf */ .Vb)(address.poolId));
    const known = (0,_context_js__WEBPACK_IMPORTED_MODULE_5__/* .poolKnown */ .i)(run, address);
    known.nodes = nodes;
    const healthy = nodes.filter(node => (0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_2__/* .bearingOf */ .Y)(node) === 'healthy');
    if (healthy.length > 0)
        known.healthyNodes = healthy;
    return nodes;
}
const REBOOT_SHOWS_WITHIN_MS = 2 * 60_000;
function nodeLooks(run) {
    let firstSeen = new Map();
    let shortSince;
    const rebooting = new Map();
    const looks = ({ nodeId, state, stateSince }) => [nodeId, state, stateSince].join(' ');
    let last = new Map();
    const shownMs = ({ stateSince = '' }) => Math.max(0, run.azureNow() - Date.parse(stateSince)) || 0;
    return {
        at(nodes, expected) {
            const now = run.clock.now();
            firstSeen = new Map(nodes.map(node => [looks(node), firstSeen.get(looks(node)) ?? now]));
            last = new Map(nodes.map(node => [node.nodeId, looks(node)]));
            if (nodes.length >= expected)
                shortSince = undefined;
            else
                shortSince ??= now;
            const isRebooting = (node) => {
                const asked = rebooting.get(node.nodeId);
                return asked !== undefined && asked.looked === looks(node) && now < asked.until;
            };
            return {
                nodes: nodes.map(node => isRebooting(node)
                    ? { node: { ...node, state: 'rebooting' }, ms: 0 }
                    : { node, ms: Math.max(now - (firstSeen.get(looks(node)) ?? now), shownMs(node)) }),
                msShort: shortSince === undefined ? 0 : now - shortSince
            };
        },
        rebooted(nodeIds) {
            const until = run.clock.now() + REBOOT_SHOWS_WITHIN_MS;
            for (const nodeId of nodeIds)
                rebooting.set(nodeId, { looked: last.get(nodeId) ?? '', until });
        }
    };
}
async function halted(run, address, { verdict, bad, output, isTemporary = false }) {
    const { failure, reason, wayOut, repetition } = await (0,_image_still_there_js__WEBPACK_IMPORTED_MODULE_3__/* .withImageLookedAt */ .v)(run, address, verdict);
    const known = (0,_context_js__WEBPACK_IMPORTED_MODULE_5__/* .poolKnown */ .i)(run, address);
    if (failure === 'nodes-unhealthy' || failure === 'nodes-stuck')
        known.hasFailedNodes = true;
    const aged = bad.toSorted((a, b) => Number(output.has(b.node.nodeId)) - Number(output.has(a.node.nodeId)));
    const details = aged.flatMap(one => [(0,_rules_describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__/* .describeNode */ .W)(one, known.pool), ...(output.get(one.node.nodeId) ?? [])]);
    const resizeErrors = isTemporary ? (known.pool?.resize?.errors ?? []) : [];
    return new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
        reason: failure,
        message: reason,
        wayOut,
        details: [...resizeErrors.flatMap(resizeErrorLines), ...details],
        repetition,
        resizeErrors
    });
}
const resizeErrorLines = ({ code, message, details }) => [
    `${code}: ${message}`,
    ...details.map(detail => `${code}, ${detail.code}: ${detail.message}`)
];


/***/ }),

/***/ 65754:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ createPool),
  A5: () => (/* binding */ isBusy),
  J3: () => (/* binding */ patchPool),
  Xu: () => (/* binding */ readPool),
  _z: () => (/* binding */ refuseHeld),
  EH: () => (/* binding */ renewLease),
  P3: () => (/* binding */ stopResize),
  yB: () => (/* binding */ unlessBusy)
});

// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
// EXTERNAL MODULE: ./build/azure/write-again.js
var write_again = __webpack_require__(89562);
// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
// EXTERNAL MODULE: ./build/model/failure.js
var failure = __webpack_require__(31612);
// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
// EXTERNAL MODULE: ./build/rules/lease.js
var rules_lease = __webpack_require__(83674);
// EXTERNAL MODULE: ./build/rules/pool-standing.js
var pool_standing = __webpack_require__(42861);
// EXTERNAL MODULE: ./build/rules/scale-body.js
var scale_body = __webpack_require__(40543);
// EXTERNAL MODULE: ./build/execute/context.js
var context = __webpack_require__(75059);
// EXTERNAL MODULE: ./build/execute/expectations.js
var expectations = __webpack_require__(11909);
// EXTERNAL MODULE: ./build/execute/hold.js
var hold = __webpack_require__(3887);
// EXTERNAL MODULE: ./build/model/secret-reference.js
var secret_reference = __webpack_require__(57920);
// EXTERNAL MODULE: ./build/rules/pool-body.js + 1 modules
var pool_body = __webpack_require__(23333);
// EXTERNAL MODULE: ./build/rules/pool-metadata.js
var pool_metadata = __webpack_require__(65956);
// EXTERNAL MODULE: ./build/rules/refresh.js
var refresh = __webpack_require__(74403);
;// CONCATENATED MODULE: ./build/execute/pool-body.js









function poolBody(run, pool, change) {
    refuseLosingSecrets(change.body, pool);
    const body = change.isWhole === true ? wholeBody(change.body, pool) : (0,pool_body/* mergedBody */.jl)((0,secret_reference/* resolveSecrets */.M)(change.body, run.env), pool);
    return withMetadata(body, metadataNow(run, pool, change));
}
const wholeBody = (body, pool) => ({
    ...(0,pool_body/* mergedBody */.jl)({ ...body, properties: {} }, pool),
    properties: (0,json/* objectOf */.Xy)(body.properties)
});
function newPoolBody(run, body, { until, like }) {
    const { properties } = body;
    const metadata = (0,json/* isJsonObject */.OW)(properties) ? properties.metadata : undefined;
    const sent = (0,secret_reference/* resolveSecrets */.M)(withMetadata(body, (0,rules_lease/* leaseUntil */.PS)(metadata ?? [], until)), run.env);
    return like === undefined ? sent : (0,pool_body/* bodyLike */.uv)(sent, like);
}
function metadataNow(run, pool, { metadata, isWhole, until, now }) {
    const { unmade } = (0,context/* poolKnown */.i)(run, pool);
    const items = isWhole === true ? metadata.set : (0,secret_reference/* resolveSecrets */.M)({ set: metadata.set }, run.env).set;
    const undone = unmade === undefined ? [] : [(0,pool_metadata/* unmadeItem */.w$)(unmade.rows)];
    const set = (0,refresh/* refreshItemAt */.cm)((0,rules_lease/* leaseUntil */.PS)([...items, ...undone], until), now);
    return (0,pool_metadata/* changedMetadata */.Gt)(pool.metadata, { set, remove: metadata.remove });
}
function withMetadata(body, metadata) {
    return { ...body, properties: { ...((0,json/* isJsonObject */.OW)(body.properties) ? body.properties : {}), metadata } };
}
function refuseLosingSecrets(body, pool) {
    const missing = (0,pool_body/* missingSecretsOf */.fx)(body, pool).filter(({ must }) => must);
    if (missing.length === 0)
        return;
    throw new failure/* RunError */.e4({
        reason: 'pool-changed',
        message: `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)} has since got ${missing.map(({ path }) => path).join(', ')}, which no answer shows`,
        wayOut: 'write it into a pool spec, then run again with that'
    });
}

// EXTERNAL MODULE: ./build/execute/refused.js
var refused = __webpack_require__(63336);
;// CONCATENATED MODULE: ./build/execute/pool-changes.js














const LEASE_SLACK_MS = 15 * 60_000;
const RENEW_BELOW_MS = 5 * 60_000;
const WHEN_GONE = 'find out who deletes it; run again when it is gone: a pool spec makes it again then';
async function readPool(run, address) {
    const { poolId, apiVersion } = address;
    const pool = await run.azure.batch.getPool(poolId, apiVersion);
    if (pool === undefined) {
        throw new failure/* RunError */.e4({
            reason: 'pool-changed',
            message: 'the pool is gone',
            wayOut: 'find out who deletes it, then run again'
        });
    }
    if (pool.provisioningState === 'Deleting') {
        throw new failure/* RunError */.e4({
            reason: 'pool-changed',
            message: `pool ${(0,arm_id/* nameOf */.Vb)(poolId)} is being deleted`,
            wayOut: WHEN_GONE
        });
    }
    (0,context/* poolKnown */.i)(run, address).pool = pool;
    return pool;
}
async function createPool(run, address, body, like) {
    const { poolId, apiVersion } = address;
    const sent = newPoolBody(run, body, { until: leaseEnd(run, resizeTimeoutMsOf(body)), like });
    const pool = await remembered(run, address, () => run.azure.batch.createPool(poolId, sent, apiVersion));
    (0,context/* poolKnown */.i)(run, address).isHeld = (0,rules_lease/* takesLease */.DA)(pool.metadata);
    return pool;
}
function resizeTimeoutMsOf({ properties }) {
    const scale = (0,json/* isJsonObject */.OW)(properties) && (0,json/* isJsonObject */.OW)(properties.scaleSettings) ? properties.scaleSettings : {};
    const timeout = (0,json/* isJsonObject */.OW)(scale.fixedScale) ? scale.fixedScale.resizeTimeout : undefined;
    return (typeof timeout === 'string' ? (0,iso8601/* parseIso8601Ms */.g)(timeout) : undefined) ?? 0;
}
async function patchPool(run, address, { pool, ...change }) {
    refuseHeld(run, address, pool);
    const until = leaseEnd(run, change.holdMs ?? 0);
    const now = run.azureNow();
    const sent = (seen) => poolBody(run, seen, { ...change, until, now });
    const write = (seen) => {
        const condition = { ifMatch: seen.etag, apiVersion: address.apiVersion };
        return run.azure.batch.patchPool(seen.poolId, sent(seen), condition);
    };
    const lookAgain = async (before) => {
        const seen = await readPool(run, address);
        if ((0,pool_standing/* isAsAsked */.$6)(seen, sent(before)))
            return { seen, done: true };
        refuseHeld(run, address, seen);
        (0,expectations/* refuseChanged */.d)(seen, pool);
        return { seen, done: false };
    };
    const changed = await remembered(run, address, () => (0,write_again/* writeAgain */.S)(pool, { write, lookAgain }));
    const known = (0,context/* poolKnown */.i)(run, address);
    known.isHeld = (0,rules_lease/* takesLease */.DA)(change.metadata.set);
    const scale = (0,scale_body/* scaleIn */.Yo)((0,json/* objectOf */.Xy)(change.body.properties).scaleSettings);
    if (scale !== undefined)
        known.left = scale;
    return changed;
}
async function stopResize(run, address) {
    const pool = await readPool(run, address);
    refuseHeld(run, address, pool);
    if (pool.allocationState !== 'Resizing')
        return pool;
    return run.azure.batch.stopResize(address.poolId, address.apiVersion);
}
async function renewLease(run, step, pool) {
    if (pool.allocationState !== 'Steady')
        return;
    const lease = (0,rules_lease/* leaseOf */.m8)(pool.metadata);
    const isShort = lease === undefined || Date.parse(lease.until) - run.azureNow() < RENEW_BELOW_MS;
    if (isShort)
        await patchPool(run, step, { pool, body: { properties: {} }, metadata: step.metadata });
}
const leaseEnd = (run, holdMs) => run.azureNow() + holdMs + LEASE_SLACK_MS;
function refuseHeld(run, address, pool) {
    const lease = (0,rules_lease/* leaseOf */.m8)(pool.metadata);
    if (lease === undefined && (0,context/* poolKnown */.i)(run, address).isHeld) {
        const message = `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}: the lease of this run was taken off`;
        throw new failure/* RunError */.e4({
            reason: 'pool-leased',
            message,
            wayOut: 'find out who works on the pool (a post step, a person), then run again'
        });
    }
    if (lease === undefined)
        return;
    const state = (0,hold/* holdOn */.n)(run, lease);
    if (state === 'held') {
        const { message, wayOut } = (0,rules_lease/* heldMessage */.BA)(lease);
        throw new failure/* RunError */.e4({ reason: 'pool-leased', message: `pool ${(0,arm_id/* nameOf */.Vb)(pool.poolId)}: ${message}`, wayOut });
    }
    if (state === 'ran-out' || state === 'earlier-attempt') {
        run.say('pool', `taken over from ${(0,rules_lease/* describeHolder */.sG)(lease)}, whose lease ran until ${lease.until}`);
    }
}
async function remembered(run, address, write) {
    try {
        const pool = await write();
        (0,context/* poolKnown */.i)(run, address).pool = pool;
        return pool;
    }
    catch (error) {
        throw refusalOf(address, error);
    }
}
function isBusy(error) {
    return error instanceof errors/* AzureError */.M && error.status === 409 && error.code === 'PoolBeingResized';
}
async function unlessBusy(change) {
    try {
        return await change;
    }
    catch (error) {
        if (isBusy(error))
            return undefined;
        throw error;
    }
}
function refusalOf({ apiVersion }, error) {
    if (!(error instanceof errors/* AzureError */.M) || isBusy(error))
        return error;
    if (error.status === 412) {
        return new failure/* RunError */.e4({
            reason: 'pool-changed',
            message: error.message,
            wayOut: 'somebody else keeps changing the pool; find out who, then run again',
            cause: error
        });
    }
    if (error.code === 'PoolBeingDeleted') {
        return new failure/* RunError */.e4({ reason: 'pool-changed', message: error.message, wayOut: WHEN_GONE, cause: error });
    }
    const managed = apiVersion === '2019-08-01';
    if (error.status === 400 && managed) {
        return new failure/* RunError */.e4({
            reason: 'pool-refused',
            message: error.message,
            wayOut: 'Batch takes custom images only from an Azure Compute Gallery: publish-to a gallery image definition ' +
                '(…/galleries/{gallery}/images/{definition}); the managed image can be the source of its first version',
            cause: error
        });
    }
    return (0,refused/* refused */.J)(error, { reason: 'pool-refused' });
}


/***/ }),

/***/ 63336:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ refused),
/* harmony export */   o: () => (/* binding */ orRefused)
/* harmony export */ });
/* harmony import */ var _azure_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(42721);
/* harmony import */ var _model_azure_meaning_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(43703);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31612);



function refused(error, { reason, wayOut, message }) {
    if (!(error instanceof _azure_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AzureError */ .M) || !isRefusal(error))
        return error;
    const meaning = (0,_model_azure_meaning_js__WEBPACK_IMPORTED_MODULE_1__/* .meaningOf */ .P)(error);
    if (meaning === undefined ? error.status === 403 : meaning.reason !== undefined)
        return error;
    const said = message?.(error) ?? error.message;
    if (meaning === undefined) {
        return new _model_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4({ reason, message: said, wayOut: (0,_model_azure_meaning_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownWayOut */ .W)(error), cause: error, repetition: 'unknown' });
    }
    const { repetition } = meaning;
    const helps = repetition === 'helps' ? (wayOut ?? meaning.wayOut) : meaning.wayOut;
    return new _model_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4({ reason, message: said, wayOut: helps, cause: error, repetition });
}
async function orRefused(work, own) {
    try {
        return await work;
    }
    catch (error) {
        throw refused(error, own);
    }
}
const isRefusal = ({ status, cause }) => status === undefined ? cause === undefined : [400, 403, 404, 409, 412].includes(status);


/***/ }),

/***/ 91834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KC: () => (/* binding */ isImageUnmade),
/* harmony export */   V5: () => (/* binding */ unmadeError),
/* harmony export */   ol: () => (/* binding */ takeStock)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(51736);
/* harmony import */ var _rules_pool_body_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23333);
/* harmony import */ var _rules_pool_metadata_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65956);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75059);
/* harmony import */ var _pool_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65754);






async function takeStock(run, step, answered) {
    if ((0,_rules_pool_body_js__WEBPACK_IMPORTED_MODULE_1__/* .writtenDifferences */ ._k)(step.body, answered).length === 0)
        return [];
    const rows = (0,_rules_pool_body_js__WEBPACK_IMPORTED_MODULE_1__/* .writtenDifferences */ ._k)(step.body, await (0,_pool_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .readPool */ .Xu)(run, step));
    if (rows.length === 0)
        return [];
    (0,_context_js__WEBPACK_IMPORTED_MODULE_4__/* .poolKnown */ .i)(run, step).unmade = { stepId: step.id, rows };
    return rows.map(({ path }) => path);
}
function isImageUnmade({ unmade }) {
    return unmade?.rows.some(({ path }) => path.endsWith('imageReference.id')) === true;
}
function unmadeError({ pool, unmade }) {
    if (unmade === undefined || pool === undefined)
        return undefined;
    return new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4({
        reason: 'pool-refused',
        message: `pool ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOf */ .Vb)(pool.poolId)}: Batch answered well, and left ${unmade.rows.map(({ path }) => path).join(', ')} as it was`,
        wayOut: 'take it out of the pool spec, or give the spec another name, so that a new pool is made with it; to have it tried again, ' +
            `delete "${_rules_pool_metadata_js__WEBPACK_IMPORTED_MODULE_2__/* .UNMADE_ITEM */ .Pc}" from the pool’s metadata`
    });
}


/***/ }),

/***/ 72272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x_: () => (/* binding */ NOTHING_TO_UNDO),
  ig: () => (/* binding */ releasePool),
  T0: () => (/* binding */ restorePool),
  fI: () => (/* binding */ stopPoolResize)
});

// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
// EXTERNAL MODULE: ./build/rules/lease.js
var rules_lease = __webpack_require__(83674);
// EXTERNAL MODULE: ./build/rules/node-targets.js
var node_targets = __webpack_require__(19817);
// EXTERNAL MODULE: ./build/rules/pool-metadata.js
var pool_metadata = __webpack_require__(65956);
// EXTERNAL MODULE: ./build/rules/pool-standing.js
var pool_standing = __webpack_require__(42861);
;// CONCATENATED MODULE: ./build/decide/restore.js





function decideRestore(step, view, progress) {
    const { pool } = view;
    if (progress?.kind === 'released')
        return { kind: 'done', reason: progress.how };
    if (pool === undefined)
        return { kind: 'done', reason: 'the pool is not this run’s any more', isNothing: true };
    if (progress?.kind === 'restored')
        return decideSeenBack(step, pool, view);
    if (pool.allocationState !== 'Steady') {
        const kind = pool.allocationState === 'Resizing' ? 'stop-resize' : 'wait';
        return { kind, reason: `the pool is ${pool.allocationState}` };
    }
    if (isOnlyEmptied(step, pool, view))
        return { kind: 'restore', reason: 'the pool was emptied, and kept its image' };
    return (0,rules_lease/* leaseOf */.m8)(pool.metadata) === undefined
        ? { kind: 'done', reason: 'the pool was not emptied, or has another image, and nobody holds it', isNothing: true }
        : { kind: 'release', reason: 'the pool was not emptied, or has another image' };
}
function decideSeenBack({ restorePoint }, pool, { isPatient }) {
    if (!isPatient) {
        return { kind: 'done', reason: 'got its former scale back, and kept its image; it grows from here' };
    }
    const has = (0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(pool));
    if (pool.allocationState !== 'Steady')
        return { kind: 'wait', reason: `${has}; the pool is ${pool.allocationState}` };
    return {
        kind: 'done',
        reason: `got its former scale back, kept its image, and has ${has}`,
        ...(hasAll(pool, restorePoint.scale) ? { isRestored: true } : {})
    };
}
function isOnlyEmptied({ restorePoint, notedImageId }, pool, { onTheWay }) {
    const isDrained = (0,pool_standing/* isAtZero */._V)(pool) || (onTheWay !== undefined && isScaledTo(pool, onTheWay));
    const isOfDrain = !(0,pool_metadata/* hasRestorePoint */.D_)(pool.metadata) || (0,arm_id/* sameId */.s)((0,pool_metadata/* restorePointImageId */.fu)(pool.metadata) ?? '', notedImageId ?? '');
    return isDrained && isOfDrain && (0,arm_id/* sameId */.s)(pool.imageId ?? '', restorePoint.imageId ?? '');
}
const isScaledTo = ({ scale }, targets) => scale.kind === 'fixed' && (0,node_targets/* sameTargets */.nu)((0,node_targets/* targetsOf */.QR)(scale), targets);
function hasAll(pool, scale) {
    return scale.kind === 'auto' || (0,node_targets/* sameTargets */.nu)((0,node_targets/* nodesOf */.Nh)(pool), (0,node_targets/* targetsOf */.QR)(scale));
}

// EXTERNAL MODULE: ./build/model/failure.js
var failure = __webpack_require__(31612);
// EXTERNAL MODULE: ./build/rules/scale-body.js
var scale_body = __webpack_require__(40543);
// EXTERNAL MODULE: ./build/execute/context.js
var context = __webpack_require__(75059);
// EXTERNAL MODULE: ./build/execute/hold.js
var execute_hold = __webpack_require__(3887);
// EXTERNAL MODULE: ./build/execute/loop.js
var loop = __webpack_require__(35304);
// EXTERNAL MODULE: ./build/execute/pool-changes.js + 1 modules
var pool_changes = __webpack_require__(65754);
// EXTERNAL MODULE: ./build/execute/watch.js + 1 modules
var watch = __webpack_require__(97186);
;// CONCATENATED MODULE: ./build/execute/undo-pool.js












const NOTHING_TO_UNDO = '';
async function stopPoolResize(run, step) {
    const pool = await heldPool(run, step);
    if (pool?.allocationState !== 'Resizing')
        return NOTHING_TO_UNDO;
    return `the resize is stopped, at ${(0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(await (0,pool_changes/* stopResize */.P3)(run, step)))}`;
}
async function restorePool(run, step) {
    const hold = { isWiped: false };
    const viewOf = (pool) => ({
        pool,
        onTheWay: (0,context/* poolKnown */.i)(run, step).onTheWay,
        isPatient: run.undoing?.isPatient === true
    });
    const { done } = await (0,loop/* drive */.rU)(run, {
        progress: undefined,
        look: async (_pace, progress) => viewOf(await (progress === undefined ? heldPool(run, step, hold) : (0,pool_changes/* readPool */.Xu)(run, step))),
        decide: (view, progress) => decideRestore(step, view, progress),
        tell: loop/* SILENT */.qY,
        act: async ({ kind }, { look: { pool, isPatient }, pace }) => {
            if (pool === undefined || kind === 'wait')
                return undefined;
            if (kind === 'stop-resize') {
                await (0,pool_changes/* stopResize */.P3)(run, step);
                return undefined;
            }
            if (kind === 'release') {
                return { progress: { kind: 'released', how: await release(run, step, pool) }, look: viewOf(pool) };
            }
            const isRestored = await giveScaleBack(run, step, pool);
            pace.restart();
            if (!isRestored)
                return { look: viewOf(await heldPool(run, step, hold)) };
            if (isPatient)
                run.say(step.id, 'gets its former scale back');
            return { progress: { kind: 'restored' }, look: viewOf(isPatient ? await (0,pool_changes/* readPool */.Xu)(run, step) : pool) };
        }
    });
    if (done.isNothing === true)
        return NOTHING_TO_UNDO;
    if (done.isRestored === true)
        (0,context/* poolKnown */.i)(run, step).isRestored = true;
    return done.reason;
}
async function giveScaleBack(run, step, pool) {
    const body = { properties: { scaleSettings: (0,scale_body/* scaleSettingsOf */.Fu)(step.restorePoint.scale) } };
    const taken = await (0,pool_changes/* unlessBusy */.yB)((0,pool_changes/* patchPool */.J3)(run, step, { pool, body, metadata: step.metadata }));
    return taken !== undefined;
}
async function releasePool(run, step) {
    return (0,watch/* watch */.w)(run, async () => {
        const pool = await heldPool(run, step);
        return pool === undefined ? NOTHING_TO_UNDO : (0,pool_changes/* unlessBusy */.yB)(release(run, step, pool));
    });
}
async function release(run, step, pool) {
    const isNoted = step.kind === 'release-pool' && (0,context/* poolKnown */.i)(run, step).hasFailedNodes === true;
    const metadata = { ...(0,pool_metadata/* released */.w2)(pool_metadata/* NO_CHANGE */.XG), set: isNoted ? (0,pool_metadata/* failedItem */.FZ)(pool) : [] };
    await (0,pool_changes/* patchPool */.J3)(run, step, { pool, body: { properties: {} }, metadata });
    const how = step.kind === 'restore-pool' ? 'keeps its scale, and is released' : 'released';
    return (0,pool_metadata/* hasRestorePoint */.D_)(pool.metadata) ? `${how}; not all its nodes are back: run again to bring it back` : how;
}
async function heldPool(run, address, hold) {
    const pool = await run.azure.batch.getPool(address.poolId, address.apiVersion);
    if (pool === undefined || pool.provisioningState === 'Deleting')
        return undefined;
    const known = (0,context/* poolKnown */.i)(run, address);
    known.pool = pool;
    const lease = (0,rules_lease/* leaseOf */.m8)(pool.metadata);
    if (hold !== undefined && lease === undefined && (known.isHeld || hold.isWiped) && !(0,pool_metadata/* hasRunNote */.Qr)(pool.metadata)) {
        hold.isWiped = true;
        known.isHeld = false;
        return pool;
    }
    if ((0,execute_hold/* holdOn */.n)(run, lease) !== 'mine')
        return undefined;
    known.isHeld = true;
    return (0,execute_hold/* isMainsOwn */.D)(run, lease) ? claim(run, address, pool) : pool;
}
async function claim(run, address, pool) {
    try {
        return await (0,pool_changes/* patchPool */.J3)(run, address, { pool, body: { properties: {} }, metadata: (0,rules_lease/* holding */.G)(pool_metadata/* NO_CHANGE */.XG, run.context) });
    }
    catch (error) {
        const refusal = error instanceof failure/* RunError */.e4 ? error.cause : error;
        if (refusal instanceof errors/* AzureError */.M && refusal.status === 409)
            return pool;
        throw error;
    }
}


/***/ }),

/***/ 75148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ undo)
/* harmony export */ });
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31612);
/* harmony import */ var _attempt_step_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28678);
/* harmony import */ var _left_behind_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71720);



async function undo(run, owed) {
    const started = new Map();
    for (const { step } of owed) {
        const before = step.after.map(id => started.get(id));
        started.set(step.id, Promise.all(before).then(() => undoStep(run, step)));
    }
    return Promise.all(started.values());
}
async function undoStep(run, step) {
    const { outcome, error } = await (0,_attempt_step_js__WEBPACK_IMPORTED_MODULE_1__/* .attemptStep */ .O)(run, step);
    const { note = '' } = outcome;
    if (outcome.status === 'done') {
        if (note !== '')
            run.say(step.id, note);
        return outcome;
    }
    if (error instanceof _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4 && error.reason === 'pool-leased')
        return { ...outcome, status: 'done', note: '' };
    if (step.housekeeping === true)
        run.warn(step.id, (0,_left_behind_js__WEBPACK_IMPORTED_MODULE_2__/* .leftBehind */ .a)(step, error));
    else
        run.say(step.id, `not undone: ${note}`);
    return outcome;
}


/***/ }),

/***/ 97186:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ watch)
});

// EXTERNAL MODULE: ./build/azure/pacing.js
var pacing = __webpack_require__(95726);
;// CONCATENATED MODULE: ./build/execute/estimate.js
function onward(course, mark, of) {
    if (course === undefined || course.of !== of || mark.done < course.last.done)
        return { last: mark, of };
    if (mark.done === course.last.done)
        return course;
    return { ...course, first: course.first ?? mark, last: mark };
}
function estimateAt(course, now) {
    const { first, last, of } = course;
    if (first === undefined || last.done >= of || last.done === first.done)
        return undefined;
    const msForEach = (last.at - first.at) / (last.done - first.done);
    const endsAt = last.at + (of - last.done) * msForEach;
    return { remainingMs: Math.max(0, endsAt - now), stillMs: now - last.at };
}
function longestOf(estimates) {
    return estimates
        .filter(estimate => estimate !== undefined)
        .toSorted((a, b) => b.remainingMs - a.remainingMs)
        .at(0);
}

;// CONCATENATED MODULE: ./build/execute/watch.js


async function watch(run, look, expectMs) {
    let current = paceOf(run, expectMs);
    const pace = {
        restart: expectedMs => void (current = paceOf(run, expectedMs)),
        mark: (what, done, of) => current.mark(what, done, of),
        sinceMs: () => current.sinceMs()
    };
    for (;;) {
        const found = await look(pace);
        if (found !== undefined)
            return found;
        await run.clock.sleep(current.next(), run.signal);
    }
}
function paceOf({ clock, pollIntervalMs }, expectMs = 0) {
    const startedAt = clock.now();
    const wait = (0,pacing/* pollPace */.N)({ longestMs: pollIntervalMs, now: () => clock.now() });
    const courses = new Map();
    let looks = 0;
    const expected = () => {
        const remainingMs = startedAt + expectMs - clock.now();
        return looks > 1 && remainingMs > 0 ? { remainingMs, stillMs: 0 } : undefined;
    };
    const courseEnds = () => [...courses.values()].map(one => estimateAt(one, clock.now()));
    return {
        sinceMs: () => clock.now() - startedAt,
        mark: (what, done, of) => void courses.set(what, onward(courses.get(what), { at: clock.now(), done }, of)),
        next: () => {
            looks += 1;
            return wait({ estimate: longestOf([expected(), ...courseEnds()]) });
        }
    };
}


/***/ }),

/***/ 51736:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parentId),
/* harmony export */   Kk: () => (/* binding */ armId),
/* harmony export */   Tp: () => (/* binding */ resourceGroupOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   XD: () => (/* binding */ subscriptionOf),
/* harmony export */   _U: () => (/* binding */ childId),
/* harmony export */   eZ: () => (/* binding */ namesOf),
/* harmony export */   fk: () => (/* binding */ parseArmId),
/* harmony export */   p_: () => (/* binding */ isArmIdOf),
/* harmony export */   qF: () => (/* binding */ splitArmId),
/* harmony export */   s: () => (/* binding */ sameId)
/* harmony export */ });
const PATTERN = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/([^/]+\/[^/]+(?:\/[^/]+\/[^/]+)*)$/i;
function splitArmId(text) {
    const [, subscriptionId, resourceGroup, namespace, rest] = PATTERN.exec(text) ?? [];
    if (subscriptionId === undefined || resourceGroup === undefined || rest === undefined)
        return undefined;
    const segments = rest.split('/');
    const types = segments.filter((_, index) => index % 2 === 0);
    const names = segments.filter((_, index) => index % 2 === 1);
    return { subscriptionId, resourceGroup, type: [namespace, ...types].join('/'), names };
}
function parseArmId(text, type) {
    const parts = splitArmId(text);
    if (parts === undefined) {
        throw new Error(`"${text}" is not an ARM resource id; expected ${formOf(type)}`);
    }
    if (parts.type.toLowerCase() !== type.toLowerCase()) {
        throw new Error(`"${text}" is the id of a ${parts.type}; expected ${formOf(type)}`);
    }
    return text;
}
function formOf(type) {
    const [namespace, ...types] = type.split('/');
    return `/subscriptions/{id}/resourceGroups/{name}/providers/${namespace}/${types.map(t => `${t}/{name}`).join('/')}`;
}
function isArmIdOf(text, type) {
    return splitArmId(text)?.type.toLowerCase() === type.toLowerCase();
}
function sameId(a, b) {
    return a.toLowerCase() === b.toLowerCase();
}
function partsOf(id) {
    const parts = splitArmId(id);
    if (parts === undefined)
        throw new Error(`internal error: "${id}" was taken for an ARM id`);
    return parts;
}
const subscriptionOf = (id) => partsOf(id).subscriptionId;
const resourceGroupOf = (id) => partsOf(id).resourceGroup;
const nameOf = (id) => partsOf(id).names.at(-1) ?? '';
const namesOf = (id) => partsOf(id).names;
function armId(subscriptionId, resourceGroup, type, name) {
    return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${type}/${name}`;
}
function childId(parent, type, name) {
    return `${parent}/${type}/${name}`;
}
function parentId(id) {
    return id.split('/').slice(0, -2).join('/');
}


/***/ }),

/***/ 43703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ meaningOf),
  W: () => (/* binding */ unknownWayOut)
});

;// CONCATENATED MODULE: ./build/model/azure-codes.js
const ERRORS = 'Resource Manager, common deployment errors';
const BATCH = 'Batch status and error codes';
const GALLERY = 'azure-compute-gallery (limits)';
const SNAPSHOTS = 'disks-incremental-snapshots (restrictions)';
const AZURE_CODES = [
    {
        codes: ['RequestDisallowedByPolicy'],
        reason: 'policy-denied',
        repetition: 'after-change',
        means: 'an Azure Policy refuses what would be made or changed',
        wayOut: 'make it as {policy|the policy that the message names} wants it: tags that it asks for go into "tags", another resource group for the snapshots into "work-resource-group"; or ask those who run the policy for an exemption',
        source: 'Azure Policy, effect deny; body in Azure/karpenter-provider-azure#794 and SupportArticles-docs#1600'
    },
    {
        codes: ['*'],
        says: /incremental snapshots?\b.{0,160}\b(5|five) min|\b(7|seven) incremental snapshots/i,
        reason: 'step',
        repetition: 'helps',
        means: 'more than 7 incremental snapshots of one disk within 5 minutes',
        wayOut: 'run again in 5 minutes: a disk takes 7 incremental snapshots in that time, whoever makes them',
        source: `${SNAPSHOTS}; the text is a guess`
    },
    {
        codes: ['*'],
        says: /\b500\b.{0,160}\bincremental snapshots?\b|\bincremental snapshots?\b.{0,160}\b500\b|maximum number of (incremental )?snapshots/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'the disk has its 500 incremental snapshots',
        wayOut: 'delete incremental snapshots of the source disk that nobody needs any more (az snapshot list): a disk takes 500, whoever made them',
        source: `${SNAPSHOTS}; the text is a guess`
    },
    {
        codes: ['*'],
        says: /\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b.{0,160}\b(quota|limit|maximum)\b.{0,80}\b(reached|exceed)|\bexceed\w*\b.{0,80}\b(quota|limit|maximum)\b.{0,80}\b(galler(y|ies)|image (versions?|definitions?)|replicas?)\b/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'the subscription has no more room for galleries, definitions, versions or replicas',
        wayOut: 'delete versions, definitions or galleries that nobody needs any more, or ask for fewer replicas: a subscription takes 100 galleries, 1,000 definitions and 10,000 versions in a region, a version 100 replicas in each',
        source: `${GALLERY}; the text is a guess`
    },
    {
        codes: ['GallerySourceResourceExceedsMaxSize'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a source disk is larger than a gallery image takes: 2,048 GiB, by the message',
        wayOut: 'leave the disk out ("data-disks"), shrink it, or make the version with "replication-mode: Shallow"',
        source: 'troubleshooting-shared-images (azure-docs#113012)'
    },
    {
        codes: [
            'QuotaExceeded',
            'ResourceQuotaExceeded',
            'ResourceCountExceedsLimitDueToTemplate',
            'SubscriptionQuotaExceeded'
        ],
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'a quota of the subscription is used up',
        wayOut: 'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
        source: `${ERRORS}; recorded for Batch accounts (azure-sdk-for-node, 2020)`
    },
    {
        codes: ['OperationNotAllowed', 'Conflict', 'BadRequest', 'Forbidden'],
        says: /exceed\w* (approved|the (maximum )?(quota|limit)|quota limits?)|\bquota\b.{0,60}\b(reached|exceeded|used up)/i,
        reason: 'azure-quota-reached',
        repetition: 'after-change',
        means: 'a quota of the subscription is used up',
        wayOut: 'delete what nobody needs any more of what the message counts, or ask for more quota of the subscription in that region (Azure portal, Quotas)',
        source: 'recorded: OperationNotAllowed for cores (azure-libraries-for-java, azure-sdk-for-net)'
    },
    {
        codes: ['PoolQuotaReached', 'AccountPoolQuotaReached'],
        reason: 'quota-reached',
        repetition: 'after-change',
        means: 'the Batch account has as many pools as it may',
        wayOut: 'delete a pool of the account that nobody needs any more, or ask for more pool quota of the Batch account',
        source: BATCH
    },
    {
        codes: ['TooManyRequests', 'SubscriptionRequestsThrottled', 'ResourceRequestsThrottled'],
        reason: 'throttled',
        repetition: 'helps',
        means: 'Azure is asked too often',
        wayOut: 'run again later with the same inputs; see what else calls Azure so often',
        source: 'recorded 429 answers; Compute’s in aks-engine#2295'
    },
    {
        codes: ['RetryableError', 'RetryableErrorDueToAnotherOperation', 'ServerBusy', 'OperationTimedOut'],
        reason: 'azure-unreachable',
        repetition: 'helps',
        means: 'Azure is too busy',
        wayOut: 'run again later with the same inputs',
        source: 'recorded 429 answers; Compute’s in aks-engine#2295'
    },
    {
        codes: ['LinkedAuthorizationFailed', 'InvalidAuthenticationTokenTenant'],
        says: /current tenant .* is not authorized to access linked subscription|wrong issuer|must match the tenant/i,
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the run names is in another tenant than the one that it signs in to; no role helps',
        wayOut: 'use source, gallery, image and Batch account of one tenant, that of "tenant-id": Azure takes no image across tenants here. An image of another tenant must be copied into a gallery of this one first',
        source: 'azure-docs#68563, azure-cli#30976; media-services-v3-dotnet#51'
    },
    {
        codes: ['SubscriptionNotFound', 'InvalidSubscriptionId', 'InvalidSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'there is no such subscription for the identity that signs in',
        wayOut: 'check the subscription in the ids: it is of another cloud or tenant than "cloud" and "tenant-id" say, or the identity has no role in it',
        source: ERRORS
    },
    {
        codes: ['ReadOnlyDisabledSubscription', 'SubscriptionDisabled', 'DisabledSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the subscription is disabled, and nothing in it can be changed',
        wayOut: 'have the subscription reactivated by its owner or billing administrator (Azure portal, Subscriptions)',
        source: `${ERRORS}; subscription-disabled`
    },
    {
        codes: ['AccountIsDisabled'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the Batch account is disabled',
        wayOut: 'have the Batch account’s subscription reactivated, or ask Azure’s support why the account is disabled',
        source: BATCH
    },
    {
        codes: [
            'AuthorizationFailed',
            'LinkedAuthorizationFailed',
            'AuthorizationFailure',
            'AuthorizationPermissionMismatch',
            'PermissionDenied',
            'InsufficientAccountPermissions'
        ],
        reason: 'permission-denied',
        repetition: 'after-change',
        means: 'a role is missing, on the thing itself or on something linked to it',
        wayOut: 'give the identity that signs in {role|a role that allows this call} on this scope; a new role assignment takes up to 10 minutes to count',
        source: `${ERRORS}; recorded (azure-sdk-for-net, 2018 and 2019)`
    },
    {
        codes: ['MissingSubscriptionRegistration', 'SubscriptionNotRegistered', 'NoRegisteredProviderFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a resource provider isn’t registered in the subscription',
        wayOut: 'register it once, as somebody who may: az provider register --namespace {namespace|of the resource type}, in the subscription of what was to be made',
        source: 'error-register-resource-provider'
    },
    {
        codes: ['ScopeLocked'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a lock forbids the change or deletion',
        wayOut: 'ask who holds the lock on {lock|the scope that the message names} to take it off (az lock list), then run again',
        source: 'lock-resources; batch-pool-node-error-checking'
    },
    {
        codes: ['ResourceGroupBeingDeleted'],
        reason: 'step',
        repetition: 'after-change',
        means: 'somebody deletes the resource group',
        wayOut: 'find out who deletes the resource group; make it again when it is gone, or name another ("work-resource-group")',
        source: ERRORS
    },
    {
        codes: ['ResourceGroupNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the resource group isn’t there',
        wayOut: 'create the resource group, or correct its name in the inputs ("work-resource-group", or in the ids)',
        source: 'recorded often'
    },
    {
        codes: ['AccountNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the Batch account isn’t there, or no longer',
        wayOut: 'check "batch-account", and find out who deletes the account',
        source: 'recorded'
    },
    {
        codes: ['ResourceNotFound', 'ParentResourceNotFound', 'NotFound', 'GalleryImageNotFound', 'ImageNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the call needs isn’t there: on a PUT its source',
        wayOut: 'find out who deletes {target|what the message names}, or correct its id, then run again',
        source: 'recorded: a snapshot of a missing disk, an image of a missing snapshot'
    },
    {
        codes: ['PropertyChangeNotAllowed'],
        reason: 'step',
        repetition: 'after-change',
        means: 'something that exists has a property that can’t be changed',
        wayOut: 'make it under another name (of a version: "image-version"), or delete the one that is there: {property|the property that the message names} can’t be changed',
        source: 'recorded (azure-libraries-for-java); for versions packer#9716'
    },
    {
        codes: ['PropertyCannotBeUpdated'],
        reason: 'step',
        repetition: 'after-change',
        means: 'a property of the pool can’t be changed, or not while it has nodes',
        wayOut: 'take {property|the property that the message names} out of the change, or make another pool with it (another name)',
        source: 'Azure/Batch#85'
    },
    {
        codes: ['InvalidApplicationPackageReferences', 'ApplicationNotFound'],
        reason: 'step',
        repetition: 'after-change',
        means: 'an application package isn’t there, isn’t active, or has no default version',
        wayOut: 'upload and activate the package in the Batch account, name a version, or set a default version: applicationPackages in the pool spec',
        source: `${BATCH}; recorded (azure-xplat-cli)`
    },
    {
        codes: ['SkuNotAvailable', 'NotAvailableForSubscription'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the region, or the subscription in it, doesn’t have the size or kind of storage',
        wayOut: 'choose another vmSize or region (az vm list-skus --location), or ask Azure’s support to open the size for the subscription',
        source: 'error-sku-not-available'
    },
    {
        codes: ['MarketplacePurchaseEligibilityFailed', 'ResourcePurchaseValidationFailed', 'VMMarketplaceInvalidInput'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the terms of a marketplace image weren’t accepted, or its plan is missing',
        wayOut: 'accept the terms once (az vm image terms accept), and give the image definition the plan of its base image',
        source: 'recorded (azure-sdk-for-net, 2019); azure-docs#84662'
    },
    {
        codes: [
            'InvalidParameter',
            'InvalidPropertyValue',
            'InvalidRequestBody',
            'InvalidRequestContent',
            'InvalidInput',
            'LinkedInvalidPropertyId',
            'MissingRequiredProperty',
            'UnsupportedProperty',
            'OutOfRangeInput',
            'MetadataTooLarge',
            'InvalidMetadata',
            'EmptyMetadataKey',
            'InvalidAutoScalingSettings',
            'AutoScalingFormulaSyntaxError',
            'AutoScalingFormulaTooLong',
            'NodeAgentSKUNotFound',
            'LocationNotAvailableForResourceType'
        ],
        reason: 'step',
        repetition: 'after-change',
        means: 'Azure doesn’t take a value that it was sent',
        wayOut: 'correct {property|what the message names} in the inputs or the pool spec',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['Conflict', 'OperationNotAllowed', 'BadRequest'],
        says: /\bis in (a )?failed state\b/i,
        reason: 'step',
        repetition: 'after-change',
        means: 'something that the call needs is in a failed state',
        wayOut: 'make what the message names again: it is in a failed state',
        source: 'recorded (azure-service-operator: a disk access)'
    },
    {
        codes: ['*'],
        says: /\b(is|are|being) (currently )?replicat(ed|ing)\b|replication .{0,80}\bin progress\b/i,
        reason: 'step',
        repetition: 'helps',
        means: 'the image is being replicated',
        wayOut: 'run again when the replication has ended (az sig image-version show --expand ReplicationStatus)',
        source: 'image-version (update of a version); the text is a guess'
    },
    {
        codes: [
            'AnotherOperationInProgress',
            'OperationPreempted',
            'ResourceBeingUpdated',
            'ReferencedResourceNotProvisioned'
        ],
        reason: 'step',
        repetition: 'helps',
        means: 'another operation is at work on the same thing',
        wayOut: 'run again when it has ended, and see what else works on it (activity log)',
        source: ERRORS
    },
    {
        codes: ['Conflict', 'OperationNotAllowed'],
        says: /another operation|in progress|\bis being (updated|created|deleted|modified)|transition/i,
        reason: 'step',
        repetition: 'helps',
        means: 'another operation is at work on the same thing',
        wayOut: 'run again when it has ended, and see what else works on it (activity log)',
        source: ERRORS
    },
    {
        codes: ['ConditionNotMet', 'PreconditionFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'somebody else has changed it just then',
        wayOut: 'see in the activity log who changed it, and run again once that is done',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['PoolBeingDeleted', 'PoolBeingCreated', 'PoolBeingResized', 'OperationInvalidForCurrentState'],
        reason: 'step',
        repetition: 'helps',
        means: 'the pool is just then changed by somebody else',
        wayOut: 'see in the activity log who works on the pool, and run again once that is done',
        source: `${BATCH}; recorded`
    },
    {
        codes: ['AllocationFailed', 'ZonalAllocationFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'the region has no room for the VM size now',
        wayOut: 'run again when the region has room, or change the VM’s size',
        source: ERRORS
    },
    {
        codes: ['OverconstrainedAllocationRequest', 'OverconstrainedZonalAllocationRequest'],
        reason: 'step',
        repetition: 'after-change',
        means: 'the region can’t meet all that is asked of the VM at once',
        wayOut: 'ask for less of the VM (size, zone, proximity group, kind of disk)',
        source: ERRORS
    },
    {
        codes: ['ReplicationJobFailed'],
        reason: 'step',
        repetition: 'helps',
        means: 'the gallery could not copy a version to one or more of its regions',
        wayOut: 'run again with the same inputs: the copy is tried again; if it fails again, ask for another region, or see Azure’s status page',
        source: 'Azure/azure-cli#15539 (the message, which advises to try again); the code is a guess'
    },
    {
        codes: [
            'InternalError',
            'InternalServerError',
            'InternalOperationError',
            'InternalExecutionError',
            'InternalDiskManagementError',
            'MultipleErrorsOccurred',
            'ServerTimeout',
            'GatewayTimeout',
            'ServiceUnavailable',
            'Canceled'
        ],
        reason: 'step',
        repetition: 'helps',
        means: 'something went wrong in Azure itself, or the operation was cut off',
        wayOut: 'run again with the same inputs; if it comes back, see Azure’s status page',
        source: `${ERRORS}; recorded`
    }
];

;// CONCATENATED MODULE: ./build/model/azure-meaning.js

function meaningOf(error) {
    const text = textOf(error);
    const codes = [
        ...error.details
            .map(({ code }) => code)
            .filter(isCode)
            .toReversed(),
        error.code
    ];
    const row = rowOf(codes, text);
    if (row === undefined)
        return undefined;
    return {
        reason: row.reason === 'step' ? undefined : row.reason,
        repetition: row.repetition,
        wayOut: filled(row.wayOut, valuesOf(error, text))
    };
}
function unknownWayOut({ code, operation }) {
    return `this action doesn’t know "${code}" of ${operation}: see what its message minds; with the request’s id, Azure’s support can say more`;
}
const FACTS = new Set(['', 'reason', 'propertyname', 'propertyvalue', 'propertypath']);
const isCode = (code) => !FACTS.has(code.toLowerCase());
function rowOf(codes, text) {
    const has = (row, code) => row.codes.some(one => one === '*' || one.toLowerCase() === code.toLowerCase()) && (row.says?.test(text) ?? true);
    for (const code of codes) {
        const found = AZURE_CODES.find(row => has(row, code));
        if (found !== undefined)
            return found;
    }
    return undefined;
}
const LONGEST = 20_000;
const textOf = ({ message, details }) => [message, ...details.map(detail => detail.message)].join('\n').slice(0, LONGEST).replaceAll(/\s+/g, ' ');
function valuesOf(error, text) {
    const detail = (code) => error.details.find(one => one.code === code)?.message;
    return {
        policy: policyOf(detail('policy assignment'), detail('policy definition')),
        property: quoted(detail('PropertyPath') ?? detail('PropertyName') ?? error.about),
        target: quoted(error.about),
        namespace: /namespace '([\w.]+)'/i.exec(text)?.[1],
        lock: quoted(/scope\(s\) are locked: '([^']+)'/i.exec(text)?.[1]),
        role: roleOf(error, text)
    };
}
function policyOf(assignment, definition) {
    if (assignment === undefined)
        return definition && `the policy "${definition}"`;
    return `the policy assignment "${assignment}"${definition === undefined ? '' : ` of "${definition}"`}`;
}
const quoted = (text) => (text === undefined ? undefined : `"${text}"`);
function roleOf({ operation }, text) {
    const action = missingActionOf(text) ?? SERVICE_ACTIONS.find(([calls]) => calls.test(operation))?.[1];
    if (action === undefined)
        return undefined;
    return /\/(jobs|jobSchedules)\/\w+$/i.test(action)
        ? `a role with the data action "${action}", which Owner and Contributor lack and "Azure Batch Data Contributor" has,`
        : `a role with the action "${action}"`;
}
const SERVICE_ACTIONS = [
    [/^(Job|Task)_/, 'Microsoft.Batch/batchAccounts/jobs/read'],
    [/^JobSchedule_/, 'Microsoft.Batch/batchAccounts/jobSchedules/read'],
    [/^(ComputeNode|Account_List|File)/, 'Microsoft.Batch/batchAccounts/read']
];
function missingActionOf(text) {
    const lacking = /does not have permission.*/is.exec(text)?.[0] ?? text;
    return /actions?(?:\(s\))? ['"]([A-Za-z0-9.]+(?:\/[A-Za-z0-9*]+)+)['"]/i.exec(lacking)?.[1];
}
function filled(wayOut, values) {
    return wayOut.replace(/\{(\w+)\|([^}]*)\}/g, (_, name, words) => values[name] ?? words);
}


/***/ }),

/***/ 31612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N9: () => (/* binding */ FAILURE_REASONS),
/* harmony export */   e4: () => (/* binding */ RunError),
/* harmony export */   mV: () => (/* binding */ REPETITION)
/* harmony export */ });
const FAILURE_REASONS = {
    'input-invalid': 'the inputs or the pool spec are not what the command needs; nothing was called',
    'sign-in-failed': 'no token could be had from GitHub or Microsoft Entra ID',
    'permission-denied': 'Azure refused a call because a role is missing',
    'policy-denied': 'an Azure Policy refuses what would be made or changed',
    'check-failed': 'a check of the source, the image, the account or the pool says that this can’t work; nothing was made',
    'pool-change-refused': 'the pool needs a change that was not asked for, or that needs another pool; nothing was changed',
    'snapshot-failed': 'a snapshot could not be made',
    'vm-failed': 'the source VM could not be stopped for its snapshots, or not be started again',
    'image-failed': 'the image could not be made',
    'replication-failed': 'the image version could not be replicated to a region that the pool needs, or that the run was to wait for',
    'pool-refused': 'Batch refused to create or change the pool, or accepted a change and didn’t make it',
    'pool-leased': 'another run is at work on the pool',
    'pool-changed': 'somebody else changed the pool while the run was at it',
    'drain-timeout': 'nodes were not free of their tasks in time; a pool that was to be emptied got its former size back',
    'quota-reached': 'a quota of the Batch account is used up: its cores, or its pools',
    'azure-quota-reached': 'a quota of Azure outside of the Batch account is used up: of snapshots, images, a gallery, cores',
    'allocation-failed': 'Azure did not give the nodes: the region is short, or it can’t make such nodes',
    'nodes-unhealthy': 'more nodes than max-unhealthy are unusable or failed their start task, also after a second chance',
    'nodes-stuck': 'more nodes than max-unhealthy neither became ready nor failed within node-timeout',
    'smoke-test-failed': 'the smoke test did not exit 0 on each node that was to prove the image, or couldn’t be run there',
    'autoscale-failed': 'Batch could not evaluate the autoscale formula',
    'deadline-exceeded': 'the run’s deadline came before its end',
    cancelled: 'the run was cancelled',
    'azure-error': 'Azure answered with an error that no retry helps against',
    throttled: 'Azure’s limits for requests were used up for longer than the run could wait',
    'azure-unreachable': 'Azure could not be reached, or kept failing',
    'runner-failed': 'a file that the runner gives the step could not be written',
    'internal-error': 'a defect of this action'
};
const REPETITION = {
    'input-invalid': 'after-change',
    'sign-in-failed': 'unknown',
    'permission-denied': 'after-change',
    'policy-denied': 'after-change',
    'check-failed': 'after-change',
    'pool-change-refused': 'after-change',
    'snapshot-failed': 'unknown',
    'vm-failed': 'unknown',
    'image-failed': 'unknown',
    'replication-failed': 'unknown',
    'pool-refused': 'after-change',
    'pool-leased': 'helps',
    'pool-changed': 'helps',
    'drain-timeout': 'unknown',
    'quota-reached': 'after-change',
    'azure-quota-reached': 'after-change',
    'allocation-failed': 'unknown',
    'nodes-unhealthy': 'after-change',
    'nodes-stuck': 'after-change',
    'smoke-test-failed': 'after-change',
    'autoscale-failed': 'after-change',
    'deadline-exceeded': 'helps',
    cancelled: 'helps',
    'azure-error': 'unknown',
    throttled: 'helps',
    'azure-unreachable': 'helps',
    'runner-failed': 'after-change',
    'internal-error': 'unknown'
};
class RunError extends Error {
    reason;
    wayOut;
    details;
    repetition;
    resizeErrors;
    constructor({ reason, message, wayOut, cause, details = [], repetition, resizeErrors = [] }) {
        super(message, cause === undefined ? undefined : { cause });
        this.name = 'RunError';
        this.reason = reason;
        this.wayOut = wayOut;
        this.details = details;
        this.repetition = repetition;
        this.resizeErrors = resizeErrors;
    }
}


/***/ }),

/***/ 29598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OW: () => (/* binding */ isJsonObject),
/* harmony export */   S3: () => (/* binding */ itemsOf),
/* harmony export */   Xy: () => (/* binding */ objectOf)
/* harmony export */ });
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function objectOf(value) {
    return isJsonObject(value) ? value : {};
}
function itemsOf(value) {
    return Array.isArray(value) ? value.map(objectOf) : [];
}


/***/ }),

/***/ 62976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ speaksAgainstImage),
/* harmony export */   Y: () => (/* binding */ bearingOf)
/* harmony export */ });
const HEALTHY = new Set(['idle', 'running']);
const UNHEALTHY = new Set(['unusable', 'starttaskfailed']);
const APART = new Set(['preempted', 'offline', 'leavingpool', 'deallocating', 'deallocated']);
const AGAINST_IMAGE = new Set(['unusable', 'starttaskfailed', 'starting', 'waitingforstarttask']);
function speaksAgainstImage({ state }) {
    return AGAINST_IMAGE.has(state);
}
function bearingOf({ state }) {
    if (HEALTHY.has(state))
        return 'healthy';
    if (UNHEALTHY.has(state))
        return 'unhealthy';
    return APART.has(state) ? 'apart' : 'pending';
}


/***/ }),

/***/ 43122:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OD: () => (/* binding */ FORMER_ITEM),
/* harmony export */   Pc: () => (/* binding */ UNMADE_ITEM),
/* harmony export */   RH: () => (/* binding */ SMOKE_JOB_PREFIX),
/* harmony export */   T8: () => (/* binding */ ORDER_ITEM),
/* harmony export */   T9: () => (/* binding */ PROOF_ITEM),
/* harmony export */   U3: () => (/* binding */ isOwnItem),
/* harmony export */   VY: () => (/* binding */ LEASE_ITEM),
/* harmony export */   cs: () => (/* binding */ REFRESH_ITEM),
/* harmony export */   qD: () => (/* binding */ FAILED_ITEM),
/* harmony export */   uE: () => (/* binding */ RUN_ITEM),
/* harmony export */   yc: () => (/* binding */ OWN_PREFIX)
/* harmony export */ });
const OWN_PREFIX = 'batch-image-rollout';
const SMOKE_JOB_PREFIX = `${OWN_PREFIX}-smoke-`;
const ORDER_ITEM = `${OWN_PREFIX}-order`;
const RUN_ITEM = OWN_PREFIX;
const FORMER_ITEM = `${OWN_PREFIX}-former`;
const UNMADE_ITEM = `${OWN_PREFIX}-unmade`;
const FAILED_ITEM = `${OWN_PREFIX}-failed`;
const PROOF_ITEM = `${OWN_PREFIX}-proof-of`;
const REFRESH_ITEM = `${OWN_PREFIX}-refresh`;
const LEASE_ITEM = `${OWN_PREFIX}-lease`;
const OURS = [RUN_ITEM, FORMER_ITEM, UNMADE_ITEM, FAILED_ITEM, PROOF_ITEM, REFRESH_ITEM, LEASE_ITEM];
const isOwnItem = (name) => OURS.includes(name);


/***/ }),

/***/ 44561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  XB: () => (/* binding */ POOL_METADATA),
  N2: () => (/* binding */ POOL_PROPERTIES),
  T: () => (/* binding */ SCALE_SETTINGS)
});

// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/model/shape.js
var shape = __webpack_require__(77079);
;// CONCATENATED MODULE: ./build/model/vm-contract.js


const identityReference = (0,shape/* object */.Ik)({ resourceId: shape/* caseless */.cF });
const encryptionSet = (0,shape/* object */.Ik)({ id: shape/* caseless */.cF });
const caching = (0,shape/* choice */.Yq)('None', 'ReadOnly', 'ReadWrite');
const storageAccountType = (0,shape/* choice */.Yq)('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS');
const managedDisk = (0,shape/* object */.Ik)({
    storageAccountType,
    securityProfile: (0,shape/* object */.Ik)({
        securityEncryptionType: (0,shape/* choice */.Yq)('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState'),
        diskEncryptionSet: encryptionSet
    }),
    diskEncryptionSet: encryptionSet
});
const registry = (0,shape/* object */.Ik)({
    username: shape/* secretive */.LJ,
    password: shape/* hidden */.R,
    registryServer: (0,shape.or)(shape/* caseless */.cF, 'docker.io'),
    identityReference
}, {
    drops: (0,shape/* oneOf */.yL)(['username', 'password'], ['identityReference']),
    needs: ({ username, identityReference: identity }) => ({
        names: username !== undefined && identity === undefined ? ['password'] : [],
        must: true
    })
});
const vmExtension = (0,shape/* object */.Ik)({
    name: shape/* text */.Qq,
    publisher: shape/* caseless */.cF,
    type: shape/* caseless */.cF,
    typeHandlerVersion: shape/* text */.Qq,
    autoUpgradeMinorVersion: shape/* flag */.Jt,
    enableAutomaticUpgrade: shape/* flag */.Jt,
    settings: shape/* json */.Pq,
    protectedSettings: shape/* hidden */.R,
    provisionAfterExtensions: (0,shape/* list */.p_)(shape/* text */.Qq)
}, { needs: (_, isCarried) => ({ names: ['protectedSettings'], must: isCarried }) });
const hostEndpoint = (0,shape/* object */.Ik)({ mode: (0,shape/* choice */.Yq)('Audit', 'Enforce'), inVMAccessControlProfileReferenceId: shape/* caseless */.cF });
const virtualMachineConfiguration = (0,shape/* object */.Ik)({
    imageReference: (0,shape/* object */.Ik)({ id: shape/* caseless */.cF }, {
        drops: (0,shape/* oneOf */.yL)(['id'], ['publisher', 'offer', 'sku', 'version', 'exactVersion'], ['sharedGalleryImageId'], ['communityGalleryImageId'])
    }),
    nodeAgentSkuId: shape/* caseless */.cF,
    windowsConfiguration: (0,shape/* object */.Ik)({ enableAutomaticUpdates: (0,shape.or)(shape/* flag */.Jt, true) }),
    dataDisks: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ lun: shape/* count */.U9, caching: (0,shape.or)(caching, 'None'), diskSizeGB: shape/* count */.U9, managedDisk, storageAccountType }), { key: (0,shape.by)('lun') }),
    licenseType: shape/* caseless */.cF,
    containerConfiguration: (0,shape/* object */.Ik)({
        type: (0,shape/* choice */.Yq)('DockerCompatible', 'CriCompatible'),
        containerImageNames: (0,shape/* list */.p_)(shape/* text */.Qq),
        containerRegistries: (0,shape/* list */.p_)(registry, { key: serverOf })
    }),
    diskEncryptionConfiguration: (0,shape/* object */.Ik)({
        targets: (0,shape/* list */.p_)((0,shape/* choice */.Yq)('OsDisk', 'TemporaryDisk')),
        customerManagedKey: (0,shape/* object */.Ik)({ keyUrl: shape/* caseless */.cF, rotationToLatestKeyVersionEnabled: shape/* flag */.Jt, identityReference })
    }),
    nodePlacementConfiguration: (0,shape/* object */.Ik)({ policy: (0,shape.or)((0,shape/* choice */.Yq)('Regional', 'Zonal'), 'Regional') }),
    extensions: (0,shape/* list */.p_)(vmExtension, { key: (0,shape.by)('name') }),
    osDisk: (0,shape/* object */.Ik)({
        ephemeralOSDiskSettings: (0,shape/* object */.Ik)({ placement: (0,shape/* choice */.Yq)('CacheDisk') }),
        caching,
        managedDisk,
        diskSizeGB: shape/* count */.U9,
        writeAcceleratorEnabled: shape/* flag */.Jt
    }),
    securityProfile: (0,shape/* object */.Ik)({
        securityType: (0,shape/* choice */.Yq)('trustedLaunch', 'confidentialVM'),
        encryptionAtHost: shape/* flag */.Jt,
        uefiSettings: (0,shape/* object */.Ik)({ secureBootEnabled: shape/* flag */.Jt, vTpmEnabled: shape/* flag */.Jt }),
        proxyAgentSettings: (0,shape/* object */.Ik)({ enabled: shape/* flag */.Jt, imds: hostEndpoint, wireServer: hostEndpoint })
    }),
    serviceArtifactReference: (0,shape/* object */.Ik)({ id: shape/* caseless */.cF })
});
function serverOf(item) {
    const server = (0,json/* isJsonObject */.OW)(item) ? item.registryServer : undefined;
    return typeof server === 'string' && server !== '' ? server.toLowerCase() : 'docker.io';
}

;// CONCATENATED MODULE: ./build/model/pool-contract.js



const elevationLevel = (0,shape.or)((0,shape/* choice */.Yq)('NonAdmin', 'Admin'), 'NonAdmin');
const inboundNatPool = (0,shape/* object */.Ik)({
    name: shape/* text */.Qq,
    protocol: (0,shape/* choice */.Yq)('TCP', 'UDP'),
    backendPort: shape/* count */.U9,
    frontendPortRangeStart: shape/* count */.U9,
    frontendPortRangeEnd: shape/* count */.U9,
    networkSecurityGroupRules: (0,shape/* list */.p_)((0,shape/* object */.Ik)({
        priority: shape/* count */.U9,
        access: (0,shape/* choice */.Yq)('Allow', 'Deny'),
        sourceAddressPrefix: shape/* caseless */.cF,
        sourcePortRanges: (0,shape/* list */.p_)(shape/* text */.Qq, { default: ['*'] })
    }), { key: (0,shape.by)('priority') })
});
const networkConfiguration = (0,shape/* object */.Ik)({
    subnetId: shape/* caseless */.cF,
    dynamicVnetAssignmentScope: (0,shape.or)((0,shape/* choice */.Yq)('none', 'job'), 'none'),
    endpointConfiguration: (0,shape/* object */.Ik)({ inboundNatPools: (0,shape/* list */.p_)(inboundNatPool, { key: (0,shape.by)('name') }) }),
    publicIPAddressConfiguration: (0,shape/* object */.Ik)({
        provision: (0,shape.or)((0,shape/* choice */.Yq)('BatchManaged', 'UserManaged', 'NoPublicIPAddresses'), 'BatchManaged'),
        ipAddressIds: (0,shape/* list */.p_)(shape/* caseless */.cF),
        ipFamilies: (0,shape/* list */.p_)((0,shape/* choice */.Yq)('IPv4', 'IPv6'), { default: ['IPv4'] }),
        ipTags: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ ipTagType: shape/* caseless */.cF, tag: shape/* caseless */.cF }))
    }, { drops: ({ provision }) => (provision === undefined || provision === 'UserManaged' ? [] : ['ipAddressIds']) }),
    enableAcceleratedNetworking: shape/* flag */.Jt,
    publicIPs: (0,shape/* list */.p_)(shape/* caseless */.cF)
});
const demanded = (name) => ({
    needs: (_, isCarried) => ({ names: isCarried ? [name] : [], must: true })
});
const userAccount = (0,shape/* object */.Ik)({
    name: shape/* text */.Qq,
    password: shape/* hidden */.R,
    elevationLevel,
    linuxUserConfiguration: (0,shape/* object */.Ik)({ uid: shape/* count */.U9, gid: shape/* count */.U9, sshPrivateKey: shape/* hidden */.R }, { needs: () => ({ names: ['sshPrivateKey'], must: false }) }),
    windowsUserConfiguration: (0,shape/* object */.Ik)({ loginMode: (0,shape.or)((0,shape/* choice */.Yq)('Batch', 'Interactive'), 'Interactive') })
}, demanded('password'));
const startTask = (0,shape/* object */.Ik)({
    commandLine: shape/* secretive */.LJ,
    resourceFiles: (0,shape/* list */.p_)((0,shape/* object */.Ik)({
        autoStorageContainerName: shape/* text */.Qq,
        storageContainerUrl: shape/* secretive */.LJ,
        httpUrl: shape/* secretive */.LJ,
        blobPrefix: shape/* text */.Qq,
        filePath: shape/* text */.Qq,
        fileMode: (0,shape.or)(shape/* text */.Qq, '0770'),
        identityReference: identityReference
    })),
    environmentSettings: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ name: shape/* text */.Qq, value: shape/* secretive */.LJ }), { key: (0,shape.by)('name') }),
    userIdentity: (0,shape/* object */.Ik)({ userName: shape/* secretive */.LJ, autoUser: (0,shape/* object */.Ik)({ scope: (0,shape.or)((0,shape/* choice */.Yq)('Task', 'Pool'), 'Pool'), elevationLevel }) }, { drops: (0,shape/* oneOf */.yL)(['userName'], ['autoUser']) }),
    maxTaskRetryCount: (0,shape.or)(shape/* count */.U9, 0),
    waitForSuccess: (0,shape.or)(shape/* flag */.Jt, true),
    containerSettings: (0,shape/* object */.Ik)({
        containerRunOptions: shape/* secretive */.LJ,
        imageName: shape/* text */.Qq,
        registry: registry,
        workingDirectory: (0,shape.or)((0,shape/* choice */.Yq)('TaskWorkingDirectory', 'ContainerImageDefault'), 'TaskWorkingDirectory'),
        containerHostBatchBindMounts: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ source: (0,shape/* choice */.Yq)('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications'), isReadOnly: shape/* flag */.Jt }), { key: (0,shape.by)('source'), isEmptySaid: true })
    })
});
const nfsMount = { source: shape/* secretive */.LJ, relativeMountPath: shape/* text */.Qq, mountOptions: shape/* secretive */.LJ };
const MOUNTS = {
    azureBlobFileSystemConfiguration: (0,shape/* object */.Ik)({
        accountName: shape/* text */.Qq,
        containerName: shape/* text */.Qq,
        accountKey: shape/* hidden */.R,
        sasKey: shape/* hidden */.R,
        blobfuseOptions: shape/* secretive */.LJ,
        relativeMountPath: shape/* text */.Qq,
        identityReference: identityReference
    }, {
        drops: (0,shape/* oneOf */.yL)(['accountKey'], ['sasKey'], ['identityReference']),
        needs: ({ accountKey, sasKey, identityReference: identity }) => ({
            names: (accountKey ?? sasKey ?? identity) === undefined ? ['accountKey'] : [],
            must: true
        })
    }),
    nfsMountConfiguration: (0,shape/* object */.Ik)(nfsMount),
    cifsMountConfiguration: (0,shape/* object */.Ik)({ ...nfsMount, username: shape/* secretive */.LJ, userName: shape/* secretive */.LJ, password: shape/* hidden */.R }, demanded('password')),
    azureFileShareConfiguration: (0,shape/* object */.Ik)({
        accountName: shape/* text */.Qq,
        azureFileUrl: shape/* secretive */.LJ,
        accountKey: shape/* hidden */.R,
        relativeMountPath: shape/* text */.Qq,
        mountOptions: shape/* secretive */.LJ
    }, demanded('accountKey'))
};
function mountPathOf(item) {
    const kinds = (0,json/* isJsonObject */.OW)(item) ? Object.values(item).filter(json/* isJsonObject */.OW) : [];
    return kinds.map((0,shape.by)('relativeMountPath')).find(path => path !== undefined);
}
const POOL_PROPERTIES = (0,shape/* object */.Ik)({
    displayName: shape/* text */.Qq,
    vmSize: shape/* caseless */.cF,
    deploymentConfiguration: (0,shape/* object */.Ik)({ virtualMachineConfiguration: virtualMachineConfiguration }),
    interNodeCommunication: (0,shape.or)((0,shape/* choice */.Yq)('Enabled', 'Disabled'), 'Disabled'),
    networkConfiguration,
    taskSlotsPerNode: (0,shape.or)(shape/* count */.U9, 1),
    maxTasksPerNode: (0,shape.or)(shape/* count */.U9, 1),
    taskSchedulingPolicy: (0,shape/* object */.Ik)({
        jobDefaultOrder: (0,shape.or)((0,shape/* choice */.Yq)('None', 'CreationTime'), 'None'),
        nodeFillType: (0,shape.or)((0,shape/* choice */.Yq)('Spread', 'Pack'), 'Spread')
    }),
    userAccounts: (0,shape/* list */.p_)(userAccount, { key: (0,shape.by)('name') }),
    startTask,
    applicationPackages: (0,shape/* list */.p_)((0,shape/* object */.Ik)({ id: shape/* caseless */.cF, version: shape/* text */.Qq }), { key: (0,shape.by)('id', 'version') }),
    mountConfiguration: (0,shape/* list */.p_)((0,shape/* object */.Ik)(MOUNTS, { drops: (0,shape/* oneOf */.yL)(...Object.keys(MOUNTS).map(name => [name])) }), {
        key: mountPathOf
    }),
    upgradePolicy: (0,shape/* object */.Ik)({
        mode: (0,shape/* choice */.Yq)('automatic', 'manual', 'rolling'),
        automaticOSUpgradePolicy: (0,shape/* object */.Ik)({
            disableAutomaticRollback: shape/* flag */.Jt,
            enableAutomaticOSUpgrade: shape/* flag */.Jt,
            useRollingUpgradePolicy: shape/* flag */.Jt,
            osRollingUpgradeDeferral: shape/* flag */.Jt
        }),
        rollingUpgradePolicy: (0,shape/* object */.Ik)({
            enableCrossZoneUpgrade: shape/* flag */.Jt,
            maxBatchInstancePercent: shape/* count */.U9,
            maxUnhealthyInstancePercent: shape/* count */.U9,
            maxUnhealthyUpgradedInstancePercent: shape/* count */.U9,
            pauseTimeBetweenBatches: { type: 'duration', default: 'PT0S' },
            prioritizeUnhealthyInstances: shape/* flag */.Jt,
            rollbackFailedInstancesOnPolicyBreach: shape/* flag */.Jt
        })
    })
});
const POOL_METADATA = (0,shape/* list */.p_)((0,shape/* object */.Ik)({ name: shape/* text */.Qq, value: shape/* secretive */.LJ }), { key: (0,shape.by)('name') });
const SCALE_TIME = { type: 'duration', default: 'PT15M' };
const SCALE_SETTINGS = (0,shape/* object */.Ik)({
    fixedScale: (0,shape/* object */.Ik)({
        targetDedicatedNodes: (0,shape.or)(shape/* count */.U9, 0),
        targetLowPriorityNodes: (0,shape.or)(shape/* count */.U9, 0),
        resizeTimeout: SCALE_TIME,
        nodeDeallocationOption: shape/* hidden */.R
    }),
    autoScale: (0,shape/* object */.Ik)({ formula: shape/* text */.Qq, evaluationInterval: SCALE_TIME })
});


/***/ }),

/***/ 6356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ sameRegion),
/* harmony export */   g: () => (/* binding */ regionName)
/* harmony export */ });
function regionName(text) {
    return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
function sameRegion(a, b) {
    return regionName(a) === regionName(b);
}


/***/ }),

/***/ 87633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ relayedErrors)
/* harmony export */ });
const DEEPEST = 4;
const LONGEST = 100_000;
function relayedErrors(text, depth = 0) {
    const begins = text.indexOf('{');
    if (begins === -1 || depth >= DEEPEST || text.length > LONGEST)
        return [];
    const parsed = parse(text.slice(begins));
    return parsed === undefined ? [] : errorsIn(parsed, depth);
}
function errorsIn(value, depth) {
    if (typeof value !== 'object' || value === null || depth >= DEEPEST)
        return [];
    const { error, code, message, details } = value;
    if (typeof error === 'object')
        return errorsIn(error, depth + 1);
    const inner = Array.isArray(details) ? details.flatMap(detail => errorsIn(detail, depth + 1)) : [];
    if (typeof code !== 'string')
        return inner;
    const said = typeof message === 'string' ? message : '';
    const relayed = relayedErrors(said, depth + 1);
    return [...inner, ...relayed, ...(relayed.length > 0 ? [] : [{ code, message: said }])];
}
function parse(text) {
    try {
        return JSON.parse(text.slice(0, text.lastIndexOf('}') + 1));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 57920:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ secretReferences),
/* harmony export */   M: () => (/* binding */ resolveSecrets)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);

const REFERENCE = /\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g;
function secretReferences(value) {
    const names = stringsOf(value).flatMap(text => [...text.matchAll(REFERENCE)].map(match => match[1] ?? ''));
    return [...new Set(names)];
}
function resolveSecrets(body, env) {
    return mapStrings(body, text => text.replaceAll(REFERENCE, (_, name) => {
        const secret = env[name];
        if (secret === undefined || secret === '')
            throw new Error(`environment variable ${name}: is not set or empty`);
        return secret;
    }));
}
function stringsOf(value) {
    if (typeof value === 'string')
        return [value];
    if (Array.isArray(value))
        return value.flatMap(stringsOf);
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(value) ? Object.values(value).flatMap(stringsOf) : [];
}
function mapStrings(value, change) {
    if (typeof value === 'string')
        return change(value);
    if (Array.isArray(value))
        return value.map(item => mapStrings(item, change) ?? null);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(value))
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}


/***/ }),

/***/ 77079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   Jt: () => (/* binding */ flag),
/* harmony export */   LJ: () => (/* binding */ secretive),
/* harmony export */   Pq: () => (/* binding */ json),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   R: () => (/* binding */ hidden),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   Yq: () => (/* binding */ choice),
/* harmony export */   by: () => (/* binding */ by),
/* harmony export */   cF: () => (/* binding */ caseless),
/* harmony export */   or: () => (/* binding */ or),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   yL: () => (/* binding */ oneOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);

const text = { type: 'text' };
const secretive = { type: 'text', isSecret: true };
const caseless = { type: 'caseless' };
const count = { type: 'number' };
const flag = { type: 'flag' };
const json = { type: 'json' };
const hidden = { type: 'hidden' };
const choice = (...values) => ({ type: 'choice', values });
const or = (leaf, value) => ({ ...leaf, default: value });
const object = (of, more = {}) => ({
    type: 'object',
    of,
    ...more
});
const list = (of, more = {}) => ({ type: 'list', of, ...more });
const by = (...names) => (item) => {
    const values = names.map(name => ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(item) ? item[name] : undefined));
    return values[0] === undefined ? undefined : values.filter(value => value !== undefined).join(' ');
};
const oneOf = (...groups) => (written) => {
    const chosen = groups.find(names => names.some(name => written[name] !== undefined));
    return chosen === undefined ? [] : groups.filter(names => names !== chosen).flat();
};


/***/ }),

/***/ 23680:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bP: () => (/* binding */ changesAzure),
/* harmony export */   eZ: () => (/* binding */ RESOURCES),
/* harmony export */   zq: () => (/* binding */ STEP_KINDS)
/* harmony export */ });
const RESOURCES = {
    'source VM': 'Microsoft.Compute/virtualMachines',
    snapshot: 'Microsoft.Compute/snapshots',
    'image definition': 'Microsoft.Compute/galleries/images',
    'image version': 'Microsoft.Compute/galleries/images/versions',
    'managed image': 'Microsoft.Compute/images',
    pool: 'Microsoft.Batch/batchAccounts/pools',
    'temporary pool': 'Microsoft.Batch/batchAccounts/pools',
    job: 'Microsoft.Batch/batchAccounts/jobs'
};
const words = (done, undone = `not ${done}`, planned = `to be ${done}`) => ({ done, undone, planned });
const row = (resource, does, part, said) => ({
    resource,
    does,
    part,
    ...said
});
const RESUMED = words('finished');
const STEP_KINDS = {
    'stop-vm': row('source VM', 'changes', 'Snapshots', words('stopped')),
    'verify-vm-stopped': row('source VM', 'reads', 'Snapshots', words('found stopped')),
    'start-vm': row('source VM', 'changes', 'Cleaning up', words('started')),
    'create-snapshot': row('snapshot', 'makes', 'Snapshots', words('made')),
    'await-snapshot': row('snapshot', 'resumes', 'Snapshots', RESUMED),
    'delete-snapshot': row('snapshot', 'deletes', 'Cleaning up', words('deleted')),
    'create-gallery-image': row('image definition', 'makes', 'Image', words('made')),
    'create-image-version': row('image version', 'makes', 'Image', words('made')),
    'await-image-version': row('image version', 'resumes', 'Image', RESUMED),
    'settle-image-version': row('image version', 'reads', 'Image', words('replicated')),
    'update-image-version': row('image version', 'changes', 'Image', words('finished')),
    'change-image-regions': row('image version', 'changes', 'Image', words('given its regions')),
    'await-image-regions': row('image version', 'reads', 'Image', words('replicated')),
    'mark-image-proved': row('image version', 'changes', 'Cleaning up', words('tagged as proved')),
    'mark-image-failed': row('image version', 'changes', 'Cleaning up', words('marked as failed')),
    'create-managed-image': row('managed image', 'makes', 'Image', words('made')),
    'await-managed-image': row('managed image', 'resumes', 'Image', RESUMED),
    'create-pool': row('pool', 'makes', 'Pool', words('created')),
    'create-proof-pool': row('temporary pool', 'makes', 'Proof', words('created')),
    'delete-proof-pool': row('temporary pool', 'deletes', 'Cleaning up', words('deleted')),
    'run-smoke-test': row('job', 'changes', 'Proof', words('run', 'not passed')),
    'delete-smoke-job': row('job', 'deletes', 'Cleaning up', words('deleted')),
    'patch-pool': row('pool', 'changes', 'Pool', words('changed')),
    'drain-pool': row('pool', 'changes', 'Pool', words('emptied')),
    'change-pool-image': row('pool', 'changes', 'Pool', words('given the image')),
    'scale-pool': row('pool', 'changes', 'Pool', words('resized', 'not fully resized')),
    'bake-nodes': row('pool', 'changes', 'Pool', words('watched', 'not watched to the end')),
    'refresh-nodes': row('pool', 'changes', 'Pool', words('refreshed', 'not fully refreshed')),
    'finish-pool': row('pool', 'changes', 'Pool', words('finished')),
    'verify-nodes': row('pool', 'reads', 'Pool', words('verified')),
    'stop-resize': row('pool', 'changes', 'Cleaning up', words('stopped')),
    'restore-pool': row('pool', 'changes', 'Cleaning up', words('given its former scale')),
    'release-pool': row('pool', 'changes', 'Cleaning up', words('released'))
};
function changesAzure({ kind }) {
    return STEP_KINDS[kind].does !== 'reads' && STEP_KINDS[kind].does !== 'resumes';
}


/***/ }),

/***/ 71710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ targetOf),
/* harmony export */   B_: () => (/* binding */ stepsOf),
/* harmony export */   UX: () => (/* binding */ idsOf)
/* harmony export */ });
const idsOf = (steps) => steps.map(({ id }) => id);
const stepsOf = ({ steps, rollbacks = [] }) => [
    ...steps,
    ...rollbacks.flatMap(rollback => rollback.steps)
];
function targetOf(step) {
    if ('vmId' in step)
        return step.vmId;
    if ('jobId' in step)
        return step.jobId;
    if ('snapshotId' in step)
        return step.snapshotId;
    if ('versionId' in step)
        return step.versionId;
    if ('galleryImageId' in step)
        return step.galleryImageId;
    return 'imageId' in step ? step.imageId : step.poolId;
}


/***/ }),

/***/ 27196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ readToUndo),
/* harmony export */   r: () => (/* binding */ toUndoOf)
/* harmony export */ });
/* harmony import */ var _arm_id_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51736);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29598);
/* harmony import */ var _own_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43122);



function toUndoOf({ cloud, signIn, pollIntervalMs }, plan, { nonce }) {
    const undo = plan.undo.filter(({ on }) => on.includes('killed'));
    return undo.length === 0 ? undefined : { nonce, cloud, signIn, pollIntervalMs, undo };
}
function readToUndo(text) {
    const value = parsed(text);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(value))
        return undefined;
    const { nonce, cloud, signIn, pollIntervalMs, undo } = value;
    const isWhole = typeof nonce === 'string' &&
        typeof pollIntervalMs === 'number' &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(cloud) &&
        (cloud['kind'] === 'named' || (cloud['kind'] === 'resource-manager' && /^https:/.test(String(cloud['url'])))) &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(signIn) &&
        (signIn['kind'] === 'default' || signIn['kind'] === 'github-oidc') &&
        Array.isArray(undo) &&
        undo.every(isUndo);
    return isWhole ? value : undefined;
}
function isUndo(value) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(value))
        return false;
    const { after, until, unless, on, step } = value;
    return (typeof after === 'string' &&
        typeof until === 'string' &&
        (unless === undefined || typeof unless === 'string') &&
        Array.isArray(on) &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(step) &&
        typeof step['id'] === 'string' &&
        typeof step['title'] === 'string' &&
        Array.isArray(step['after']) &&
        isStepOf(String(step['kind']), step));
}
function isStepOf(kind, step) {
    switch (kind) {
        case 'start-vm':
            return isIdOf(step['vmId'], 'Microsoft.Compute/virtualMachines');
        case 'stop-resize':
            return isOnPool(step);
        case 'delete-smoke-job':
            return isOnPool(step) && isSmokeJob(step['jobId']);
        case 'delete-proof-pool':
            return isOnPool(step) && typeof step['proofOf'] === 'string';
        case 'release-pool':
            return isOnPool(step) && isMetadata(step['metadata']);
        case 'restore-pool':
            return isOnPool(step) && isMetadata(step['metadata']) && (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(step['restorePoint']);
        default:
            return false;
    }
}
function isOnPool({ poolId, accountEndpoint, apiVersion }) {
    return ((apiVersion === '2025-06-01' || apiVersion === '2019-08-01') &&
        typeof accountEndpoint === 'string' &&
        isIdOf(poolId, 'Microsoft.Batch/batchAccounts/pools'));
}
function isMetadata(value) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(value) && Array.isArray(value['set']) && Array.isArray(value['remove']);
}
const isSmokeJob = (value) => isIdOf(value, 'Microsoft.Batch/batchAccounts/jobs') && String(value).includes(`/jobs/${_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .SMOKE_JOB_PREFIX */ .RH}`);
const isIdOf = (value, type) => typeof value === 'string' && (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isArmIdOf */ .p_)(value, type);
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 60724:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ readTextFile),
/* harmony export */   R: () => (/* binding */ filesOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);

const MOST_BYTES = 32 * 1024 * 1024;
function readTextFile(path) {
    const file = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0));
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(file);
        if (!stats.isFile())
            throw new Error(`it is ${kindOf(stats)}; a regular file is expected`);
        return textOf(bytesOf(file, stats.size));
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(file);
    }
}
function kindOf(stats) {
    if (stats.isDirectory())
        return 'a directory';
    if (stats.isFIFO())
        return 'a named pipe';
    return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'a socket';
}
function bytesOf(file, size) {
    const chunks = [];
    let length = 0;
    for (;;) {
        const chunk = Buffer.alloc(Math.min(Math.max(size + 1, 65_536), MOST_BYTES + 1));
        const read = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(file, chunk);
        if (read === 0)
            return Buffer.concat(chunks);
        chunks.push(chunk.subarray(0, read));
        length += read;
        if (length > MOST_BYTES)
            throw new Error(`it has more than ${MOST_BYTES} bytes; ${MOST_BYTES} at most`);
    }
}
function textOf(bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        throw new Error(`line ${lineOfFault(bytes)} is no UTF-8; save it as UTF-8`);
    }
}
function lineOfFault(bytes) {
    let line = 1;
    for (let from = 0; from < bytes.length; line++) {
        const end = bytes.indexOf(10, from);
        const to = end < 0 ? bytes.length : end;
        try {
            new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(from, to));
        }
        catch {
            return line;
        }
        from = to + 1;
    }
    return line;
}
function filesOf(pattern) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.globSync)(pattern).map(path => path.replaceAll('\\', '/'));
}


/***/ }),

/***/ 9924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   _b: () => (/* binding */ mermaidLabel),
/* harmony export */   iQ: () => (/* binding */ markdownLink),
/* harmony export */   p7: () => (/* binding */ markdownText),
/* harmony export */   wq: () => (/* binding */ commandData)
/* harmony export */ });
/* unused harmony exports commandProperty, htmlText */
/* harmony import */ var _shared_plain_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44114);

function commandData(text) {
    return text.toWellFormed().replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function commandProperty(text) {
    return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
const HTML = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
function htmlText(text) {
    return oneLine(text).replace(/[&<>"']/g, character => HTML[character] ?? '');
}
function markdownText(text) {
    return (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*[\]{}|~]/g, character => `&#${character.charCodeAt(0)};`)
        .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '&#95;')
        .replace(/\$|(?<![\w@])@(?=\w)|(?<!&)#(?=\w)/g, character => `<span>${character}</span>`)
        .replace(/!(?=&#91;)/g, '&#33;')
        .replace(/^[-+=#](?=[\s\-+=#]|$)/, character => `&#${character.charCodeAt(0)};`)
        .replace(/^(\d+)([.)])(?=\s|$)/, (_, digits, mark) => `${digits}&#${mark.charCodeAt(0)};`);
}
const TAME_CODE = /^[^`|\\]+$/;
function markdownCode(text) {
    const line = (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text);
    if (line === '')
        return '<code></code>';
    if (TAME_CODE.test(line))
        return `\`${line}\``;
    return `<code>${entities(line)}</code>`;
}
function entities(line) {
    return line.replace(/[^A-Za-z0-9 .,=/\u00a0-\u{10ffff}]/gu, character => `&#${character.codePointAt(0)};`);
}
function markdownLink(markdown, url) {
    const address = url.toWellFormed();
    if (!/^https:\/\/[A-Za-z0-9]/.test(address))
        return markdown;
    return `[${markdown}](${percentEncode(address)})`;
}
function percentEncode(url) {
    return url.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]|%(?![0-9A-Fa-f]{2})/gu, character => {
        const bytes = new TextEncoder().encode(character);
        return Array.from(bytes, byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
    });
}
function mermaidLabel(text, length = 60) {
    const tame = (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text).replace(/[^\p{L}\p{M}\p{N} .,_()/=+·…✓✗×-]/gu, ' ');
    return (0,_shared_plain_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cut */ .Jj)(tame.replace(/ +/g, ' ').replace(/-{2,}/g, '-').trim(), length);
}


/***/ }),

/***/ 54685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ redactor)
});

// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
;// CONCATENATED MODULE: ./build/report/decoded-text.js
const MOST_LAYERS = 4;
const ESCAPE = new RegExp([
    String.raw `\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|["'\\/bfnrt])`,
    '%(?:[0-7][0-9a-f]|[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})',
    String.raw `&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);`,
    '</?span>',
    `''|""`,
    String.raw `(?:\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|%[0-9a-f]?|&(?:#x?[0-9a-f]{0,6}|[a-z]{0,4}))(?=…|\.{3})`
].join('|'), 'gi');
const HAS_ESCAPE = /[\\%&<]|''|""/;
function decodedLayers(raw) {
    const layers = [{ text: raw, startOf: (index) => index, endOf: (index) => index + 1 }];
    for (let text = layers[0]; text !== undefined && layers.length <= MOST_LAYERS;) {
        text = withoutOneLayer(text);
        if (text !== undefined)
            layers.push(text);
    }
    return layers;
}
function withoutOneLayer(layer) {
    return HAS_ESCAPE.test(layer.text) ? replaced(layer, ESCAPE, meaningOf) : undefined;
}
function withEvenBlanks(layer) {
    return replaced(layer, /[\s+]+/g, () => ' ') ?? layer;
}
function replaced({ text, startOf, endOf }, what, by) {
    const parts = [];
    const pieces = [];
    let [read, written] = [0, 0];
    const put = (part, from, to, isCopy) => {
        if (part === '')
            return;
        pieces.push({ at: written, from, to, isCopy });
        parts.push(part);
        written += part.length;
    };
    for (const match of text.matchAll(what)) {
        const end = match.index + match[0].length;
        put(text.slice(read, match.index), read, match.index, true);
        put(by(match[0]), match.index, end, false);
        read = end;
    }
    if (read === 0)
        return undefined;
    put(text.slice(read), read, text.length, true);
    const at = (index) => {
        const piece = pieceAt(pieces, index);
        const from = piece.from + (index - piece.at);
        return piece.isCopy ? { from, to: from + 1 } : piece;
    };
    return {
        text: parts.join(''),
        startOf: index => startOf(at(index).from),
        endOf: index => endOf(at(index).to - 1)
    };
}
function pieceAt(pieces, index) {
    let [low, high] = [0, pieces.length - 1];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((pieces[middle]?.at ?? 0) <= index)
            low = middle;
        else
            high = middle - 1;
    }
    return pieces[low] ?? { at: 0, from: 0, to: 0, isCopy: true };
}
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const CONTROLS = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
function meaningOf(escape) {
    const rest = escape.slice(1).toLowerCase();
    switch (escape.charAt(0)) {
        case '\\':
            if (/^(?:u.{4}|x..)$/.test(rest))
                return String.fromCharCode(parseInt(rest.slice(1), 16));
            return rest.length > 1 || /[ux]/.test(rest) ? '' : (CONTROLS[rest] ?? rest);
        case '%':
            if (rest.length < 2)
                return '';
            return Buffer.from(escape.replaceAll('%', ''), 'hex').toString();
        case '&':
            if (!rest.endsWith(';'))
                return '';
            return rest.startsWith('#') ? characterOf(rest.slice(1, -1)) : (NAMED[rest.slice(0, -1)] ?? '');
        case "'":
        case '"':
            return rest;
        default:
            return '';
    }
}
function characterOf(number) {
    const code = number.startsWith('x') ? parseInt(number.slice(1), 16) : parseInt(number, 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

;// CONCATENATED MODULE: ./build/report/secret-search.js
class SecretSearch {
    #root = { unit: '', depth: 0, whole: 0 };
    constructor(secrets) {
        for (const secret of secrets)
            add(this.#root, secret);
        linkFallbacks(this.#root);
    }
    find(text, isCut, least) {
        const found = [];
        let node = this.#root;
        for (let at = 0; at < text.length; at++) {
            if (node.depth >= least && isCut(at))
                found.push([at - node.depth, at]);
            node = this.#step(node, text.charAt(at));
            if (node.whole > 0)
                found.push([at + 1 - node.whole, at + 1]);
        }
        return found;
    }
    #step(from, unit) {
        for (let node = from; node !== undefined; node = node.fallback) {
            const next = childOf(node, unit);
            if (next !== undefined)
                return next;
        }
        return this.#root;
    }
}
function childOf({ child }, unit) {
    for (let node = child; node !== undefined; node = node.sibling)
        if (node.unit === unit)
            return node;
    return undefined;
}
function add(root, secret) {
    let node = root;
    for (let at = 0; at < secret.length; at++) {
        const unit = secret.charAt(at);
        node = childOf(node, unit) ?? newChild(node, unit);
    }
    node.whole = node.depth;
}
function newChild(parent, unit) {
    const { child } = parent;
    return (parent.child = { unit, depth: parent.depth + 1, whole: 0, ...(child && { sibling: child }) });
}
function linkFallbacks(root) {
    const queue = [root];
    for (const parent of queue) {
        for (let node = parent.child; node !== undefined; node = node.sibling) {
            queue.push(node);
            let from = parent.fallback;
            while (from !== undefined && childOf(from, node.unit) === undefined)
                from = from.fallback;
            node.fallback = (from && childOf(from, node.unit)) ?? root;
            node.whole = Math.max(node.whole, node.fallback.whole);
        }
    }
}

;// CONCATENATED MODULE: ./build/report/redact.js



const HIDDEN = '(hidden)';
const SHORTEST_SECRET = 6;
const SHORTEST_BEGINNING = 3;
const SHORTEST_ENDING = 6;
const SHAPES = [
    /()(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g,
    /\b(Bearer\s)\s*[\w.~+/=-]{16,}/gi,
    /([?&](?:amp;)?(?:sig|signature|code|c|s|h|token|key|secret|password)=)[^&\s"'<>\\]+/gi,
    /\b(sig=)[^&;\s"'<>\\(]+/gi,
    /\b((?:AccountKey|SharedAccessKey|SharedAccessSignature|client_secret|client_assertion|password|pwd)=)[^;&\s"'<>\\(]+/gi,
    /()(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g
];
const HINTS_AT_SHAPE = /eyJ|=|Bearer/i;
function redactor() {
    const secrets = new Set();
    let known;
    const text = (raw) => {
        if (secrets.size === 0 && !HINTS_AT_SHAPE.test(raw))
            return raw;
        const { beginnings, endings } = (known ??= knownBy(secrets));
        const spans = decodedLayers(raw).flatMap(layer => {
            const even = withEvenBlanks(layer);
            return [...shapesIn(layer), ...inRaw(even, [...beginningsIn(even, beginnings), ...endingsIn(even, endings)])];
        });
        return withoutSpans(raw, spans);
    };
    return {
        hide: secret => {
            if (secret.trim().length < SHORTEST_SECRET || secrets.has(secret))
                return;
            secrets.add(secret);
            known = undefined;
        },
        text,
        deep: value => mapStrings(value, text)
    };
}
function knownBy(secrets) {
    const forms = [...secrets].flatMap(secret => [secret, (0,plain_text/* oneLine */.TN)(secret), ...secret.split(/\r?\n/)]);
    const readings = new Set(forms.flatMap(form => decodedLayers(form).map(layer => withEvenBlanks(layer).text)));
    const searched = [...readings].filter(reading => reading.trim().length >= SHORTEST_SECRET);
    return { beginnings: new SecretSearch(searched), endings: new SecretSearch(searched.map(reversed)) };
}
const CUT = /…|\.{3}/;
function beginningsIn({ text }, search) {
    return search.find(text, at => isCutAt(text, at), SHORTEST_BEGINNING);
}
function endingsIn({ text }, search) {
    if (!CUT.test(text))
        return [];
    const backwards = reversed(text);
    return search
        .find(backwards, at => isCutAt(backwards, at), SHORTEST_ENDING)
        .map(([start, end]) => [text.length - end, text.length - start]);
}
const CUT_HERE = /[ "'()[\]{}<>]{0,3}(?:…|\.{3})/y;
function isCutAt(text, at) {
    CUT_HERE.lastIndex = at;
    return CUT_HERE.test(text);
}
const reversed = (text) => text.split('').reverse().join('');
function shapesIn(layer) {
    if (!HINTS_AT_SHAPE.test(layer.text))
        return [];
    const found = SHAPES.flatMap(shape => [...layer.text.matchAll(shape)].map(({ 0: whole, 1: kept = '', index }) => [
        index + kept.length,
        index + whole.length
    ]));
    return inRaw(layer, found);
}
const inRaw = ({ startOf, endOf }, spans) => spans.map(([start, end]) => [startOf(start), endOf(end - 1)]);
function withoutSpans(raw, spans) {
    const parts = [];
    let read = 0;
    for (const [start, end] of spans.toSorted(([a], [b]) => a - b)) {
        if (start >= read)
            parts.push(raw.slice(read, start), HIDDEN);
        read = Math.max(read, end);
    }
    return parts.length === 0 ? raw : parts.join('') + raw.slice(read);
}
function mapStrings(value, change) {
    if (typeof value === 'string')
        return change(value);
    if (Array.isArray(value))
        return value.map(item => mapStrings(item, change));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}


/***/ }),

/***/ 69682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  HV: () => (/* binding */ UNKNOWN),
  VV: () => (/* binding */ bodyDifferences),
  AS: () => (/* binding */ pairs)
});

// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
;// CONCATENATED MODULE: ./build/rules/same-value.js


function sameValue(leaf, present, wanted) {
    if (leaf.type === 'hidden')
        return true;
    if (leaf.type === 'json')
        return sameJson(present, wanted);
    const [a, b] = [said(leaf, present), said(leaf, wanted)];
    if (typeof a !== 'string' || typeof b !== 'string')
        return a === b;
    if (leaf.type === 'duration' && sameDuration(a, b))
        return true;
    const isCaseless = leaf.type === 'caseless' || leaf.type === 'choice';
    return isCaseless ? couldBe(a.toLowerCase(), b.toLowerCase()) : couldBe(a, b);
}
function said(leaf, value) {
    if (value !== undefined && value !== null && value !== '')
        return value;
    return leaf.default ?? (leaf.type === 'flag' ? false : undefined);
}
function sameDuration(a, b) {
    const [first = NaN, second = NaN] = [(0,iso8601/* parseIso8601Ms */.g)(a), (0,iso8601/* parseIso8601Ms */.g)(b)];
    return Math.round(first) === Math.round(second);
}
function couldBe(present, wanted) {
    if (present === wanted)
        return true;
    const parts = wanted.split(/\$\{env:[^}]+\}/i);
    const literal = (part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return parts.length > 1 && new RegExp(`^${parts.map(literal).join('.+')}$`, 's').test(present);
}
function sameJson(present, wanted) {
    if (isEmpty(present) && isEmpty(wanted))
        return true;
    if (typeof present === 'string' && typeof wanted === 'string')
        return couldBe(present, wanted);
    if (Array.isArray(present) && Array.isArray(wanted)) {
        return present.length === wanted.length && wanted.every((item, index) => sameJson(present[index], item));
    }
    if ((0,json/* isJsonObject */.OW)(present) && (0,json/* isJsonObject */.OW)(wanted)) {
        return [...new Set([...Object.keys(present), ...Object.keys(wanted)])].every(name => sameJson(present[name], wanted[name]));
    }
    return present === wanted;
}
function isEmpty(value) {
    if (Array.isArray(value))
        return value.length === 0;
    return (0,json/* isJsonObject */.OW)(value) ? Object.keys(value).length === 0 : value === undefined || value === null || value === '';
}

;// CONCATENATED MODULE: ./build/rules/body-difference.js


const UNKNOWN = { type: 'json' };
function bodyDifferences({ shape, path }, { present, wanted }) {
    if (wanted === undefined || wanted === null || shape.type === 'hidden')
        return [];
    if (shape.type === 'object' && (0,json/* isJsonObject */.OW)(wanted)) {
        const there = (0,json/* isJsonObject */.OW)(present) ? present : {};
        return Object.entries(wanted).flatMap(([name, value]) => bodyDifferences({ shape: shape.of[name] ?? UNKNOWN, path: path === '' ? name : `${path}.${name}` }, { present: there[name], wanted: value }));
    }
    if (shape.type === 'list' && Array.isArray(wanted))
        return listDifferences({ shape, path }, present, wanted);
    if (shape.type === 'object' || shape.type === 'list')
        return [{ path, present: NOT_SHOWN, wanted }];
    return sameValue(shape, present, wanted) ? [] : [{ path, present: shown(shape, present), wanted }];
}
function listDifferences({ shape, path }, present, wanted) {
    const there = Array.isArray(present) ? present : [...(shape.default ?? [])];
    if (shape.isEmptySaid === true && wanted.length === 0 && !Array.isArray(present))
        return [{ path, present: undefined, wanted: [] }];
    const asked = wanted.length === 0 ? [...(shape.default ?? [])] : wanted;
    return pairs({ shape, path }, { present: there, wanted: asked }).flatMap(pair => {
        const at = `${path}[${pair.key}]`;
        if (pair.wanted === undefined)
            return [{ path: at, present: NOT_SHOWN, wanted: undefined }];
        const rows = bodyDifferences({ shape: shape.of, path: at }, pair);
        return rows.length === 0 && pair.present === undefined
            ? [{ path: at, present: undefined, wanted: pair.wanted }]
            : rows;
    });
}
function pairs({ shape, path }, { present, wanted }) {
    const left = [...present];
    const take = (index) => (index < 0 ? undefined : left.splice(index, 1)[0]);
    const isKeyed = isUnique(present.map(keyOf(shape))) && isUnique(wanted.map(keyOf(shape)));
    const isSame = (there, item) => bodyDifferences({ shape: shape.of, path }, { present: there, wanted: item }).length === 0;
    const [key, mayBe] = [keyOf(shape), mayBeKeyed(shape)];
    const exact = wanted.map(item => take(left.findIndex(one => (isKeyed ? key(one) === key(item) : isSame(one, item)))));
    const there = wanted.map((item, index) => exact[index] ?? (isKeyed ? take(left.findIndex(one => mayBe(one, item))) : undefined));
    const found = wanted.map((item, index) => ({
        key: isKeyed ? label(shape, item) : String(index),
        present: there[index],
        wanted: item,
        isSame: there[index] !== undefined
    }));
    const filled = isKeyed ? found : found.map(pair => (pair.isSame ? pair : { ...pair, present: take(0) }));
    const gone = left.map((item, index) => ({
        key: isKeyed ? label(shape, item) : String(wanted.length + index),
        present: item,
        wanted: undefined,
        isSame: false
    }));
    return [...filled, ...gone];
}
const keyOf = ({ key }) => (item) => key?.(item)?.toLowerCase();
const mayBeKeyed = (shape) => (there, wanted) => couldBe(keyOf(shape)(there) ?? '', keyOf(shape)(wanted) ?? '');
const label = ({ key }, item) => key?.(item) ?? '';
function isUnique(keys) {
    return keys.every(key => key !== undefined) && new Set(keys).size === keys.length;
}
const NOT_SHOWN = '(not shown: it may hold a secret)';
function shown(leaf, present) {
    const isSecret = leaf.type === 'json' || (leaf.type === 'text' && leaf.isSecret === true);
    return present !== undefined && present !== null && isSecret ? NOT_SHOWN : present;
}


/***/ }),

/***/ 99987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ describeNode),
/* harmony export */   c: () => (/* binding */ countStates)
/* harmony export */ });
/* harmony import */ var _model_node_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62976);

function countStates(states) {
    const counts = new Map();
    for (const state of states)
        counts.set(state, (counts.get(state) ?? 0) + 1);
    const parts = [...counts].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
    return parts.length === 0 ? 'no nodes' : parts.map(([state, count]) => `${count} ${state}`).join(', ');
}
function describeNode({ node, ms }, pool) {
    const errors = node.errors.map(error => [`${error.code}: ${error.message}`, ...error.details].join('; '));
    const { startTask } = node;
    if (node.state === 'starttaskfailed' && startTask !== undefined) {
        const exit = startTask.exitCode === undefined ? '' : `exit code ${startTask.exitCode}`;
        errors.push(['start task failed', exit, startTask.failure ?? ''].filter(part => part !== '').join(', '));
    }
    return `${node.nodeId} is ${node.state}: ${errors.length === 0 ? withoutError(node, ms, pool) : errors.join('; ')}`;
}
function withoutError(node, ms, pool) {
    const minutes = Math.round(ms / 60_000);
    if ((0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_0__/* .bearingOf */ .Y)(node) === 'pending')
        return `for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
    return hasSubnet(pool)
        ? 'no error given: Batch can’t reach the VM (network rules, DNS, routes of the pool’s subnet)'
        : 'no error given: Batch’s agent on the VM doesn’t answer (does the image boot to its end, has it room on its disk, does its own firewall let the agent out?)';
}
function hasSubnet(pool) {
    const properties = pool?.body['properties'];
    return properties?.networkConfiguration?.subnetId !== undefined;
}


/***/ }),

/***/ 83674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BA: () => (/* binding */ heldMessage),
/* harmony export */   DA: () => (/* binding */ takesLease),
/* harmony export */   G: () => (/* binding */ holding),
/* harmony export */   NG: () => (/* binding */ isOfRun),
/* harmony export */   PS: () => (/* binding */ leaseUntil),
/* harmony export */   j8: () => (/* binding */ withLeaseTag),
/* harmony export */   m8: () => (/* binding */ leaseOf),
/* harmony export */   n7: () => (/* binding */ leaseOfTags),
/* harmony export */   oi: () => (/* binding */ leaseState),
/* harmony export */   sG: () => (/* binding */ describeHolder)
/* harmony export */ });
/* unused harmony export withLease */
/* harmony import */ var _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65956);

function leaseOf(metadata) {
    return leaseIn(metadata.find(({ name }) => name === _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY)?.value);
}
function leaseIn(text) {
    if (text === undefined)
        return undefined;
    try {
        const lease = JSON.parse(text);
        return Number.isNaN(Date.parse(lease.until)) ? undefined : lease;
    }
    catch {
        return undefined;
    }
}
function withLease(metadata, context, until) {
    const others = metadata.filter(({ name }) => name !== LEASE_ITEM);
    return until === undefined ? others : [...others, { name: LEASE_ITEM, value: leaseText(context, until) }];
}
function leaseText({ repository, runId, runAttempt, nonce }, until) {
    const lease = { repository, runId, runAttempt, nonce, until: new Date(until).toISOString() };
    return JSON.stringify(lease);
}
function holding(change, context) {
    return { ...change, set: [...change.set, planned(context)] };
}
function planned({ repository, runId, runAttempt, nonce }) {
    const lease = { repository, runId, runAttempt, nonce };
    return { name: _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY, value: JSON.stringify(lease) };
}
function takesLease(items) {
    return items.some(({ name }) => name === _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY);
}
function leaseUntil(items, until) {
    const end = { until: new Date(until).toISOString() };
    const lease = items
        .filter(({ name }) => name === _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY)
        .map(({ name, value }) => ({ name, value: JSON.stringify({ ...JSON.parse(value), ...end }) }));
    return [...items.filter(({ name }) => name !== _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY), ...lease];
}
function leaseOfTags(tags) {
    return leaseIn(Object.entries(tags).find(([name]) => name.toLowerCase() === _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY)?.[1]);
}
function withLeaseTag(tags, context, until) {
    const others = Object.fromEntries(Object.entries(tags).filter(([name]) => name.toLowerCase() !== _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY));
    return until === undefined
        ? others
        : { ...others, [_pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY]: leaseText({ ...context, repository: cut(context.repository) }, until) };
}
const cut = (repository) => repository.slice(0, 100);
function leaseState(lease, context, now) {
    if (lease === undefined)
        return 'free';
    if (lease.nonce === context.nonce)
        return 'mine';
    if (isOfRun(lease, context) && lease.runAttempt < context.runAttempt)
        return 'earlier-attempt';
    return Date.parse(lease.until) <= now ? 'ran-out' : 'held';
}
function isOfRun(lease, { repository, runId }) {
    return cut(lease.repository) === cut(repository) && lease.runId === runId;
}
const describeHolder = ({ repository, runId, runAttempt }) => `run ${runId} attempt ${runAttempt} of ${repository}`;
function heldMessage(lease, what = 'pool') {
    const where = { pool: 'metadata', VM: 'tags' }[what];
    return {
        message: `${describeHolder(lease)} is at work on the ${what}, and holds it until ${lease.until}`,
        wayOut: `let that run end, and run again; if it is dead, wait until then, or delete "${_pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY}" from the ${what}’s ${where}`
    };
}


/***/ }),

/***/ 33569:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KZ: () => (/* binding */ apartVerdict),
/* harmony export */   UM: () => (/* binding */ isOlderThan),
/* harmony export */   g4: () => (/* binding */ tallyNodes),
/* harmony export */   u7: () => (/* binding */ judgeHealth),
/* harmony export */   xQ: () => (/* binding */ allowedUnhealthy)
/* harmony export */ });
/* harmony import */ var _model_node_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62976);
/* harmony import */ var _describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99987);


function standingOf({ node, ms }, nodeTimeoutMs) {
    const bearing = (0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_0__/* .bearingOf */ .Y)(node);
    const runsStartTask = node.state === 'waitingforstarttask' || node.startTask?.state === 'running';
    const isOver = ms > (runsStartTask ? 2 * nodeTimeoutMs : nodeTimeoutMs);
    if (node.state === 'unusable')
        return isOver ? 'unhealthy' : 'pending';
    return bearing === 'pending' && isOver ? 'stuck' : bearing;
}
function tallyNodes(nodes, nodeTimeoutMs) {
    const standings = nodes.map(aged => standingOf(aged, nodeTimeoutMs));
    const count = (standing) => standings.filter(one => one === standing).length;
    const bad = nodes.filter((_, index) => standings[index] === 'unhealthy' || standings[index] === 'stuck');
    const preempted = nodes.filter(({ node }) => node.state === 'preempted').map(({ ms }) => ms);
    return {
        total: nodes.length,
        healthy: count('healthy'),
        unhealthy: count('unhealthy'),
        stuck: count('stuck'),
        apart: count('apart'),
        pending: count('pending'),
        bad,
        against: bad.filter(({ node }) => (0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_0__/* .speaksAgainstImage */ .I)(node)).length,
        ...(preempted.length === 0 ? {} : { preemptedMs: Math.min(...preempted) }),
        states: (0,_describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__/* .countStates */ .c)(nodes.map(({ node }) => node.state))
    };
}
function allowedUnhealthy(max, nodes) {
    return 'nodes' in max ? max.nodes : Math.floor(max.share * nodes);
}
function judgeHealth(question) {
    const { tally, expected, msShort, outOf, maxUnhealthy, nodeTimeoutMs, hasChance } = question;
    const allowed = allowedUnhealthy(maxUnhealthy, outOf);
    const missing = Math.max(expected - tally.total, 0);
    const isLate = msShort > nodeTimeoutMs;
    const unlisted = isLate ? missing : 0;
    const pending = tally.pending + (isLate ? 0 : missing);
    const bad = tally.unhealthy + tally.stuck + unlisted;
    if (bad > allowed && (pending === 0 || !hasChance)) {
        return badOf(tally, unlisted, `${describeBad(tally, unlisted)}, and max-unhealthy allows ${allowed}`);
    }
    if (pending > 0)
        return { kind: 'wait', reason: tally.states + patience(tally, nodeTimeoutMs) };
    if (tally.healthy > 0)
        return { kind: 'healthy' };
    return bad > 0 ? badOf(tally, unlisted, `${tally.states}, and none is healthy`) : { kind: 'apart' };
}
function badOf(tally, unlisted, reason) {
    return tally.unhealthy > 0
        ? {
            kind: 'bad',
            failure: 'nodes-unhealthy',
            reason,
            wayOut: 'look at the nodes’ errors; they stay as they are, so that you can sign in to one'
        }
        : {
            kind: 'bad',
            failure: 'nodes-stuck',
            reason: unlisted === 0 ? reason : `${reason}; Batch lists ${unlisted} fewer nodes than the pool has`,
            wayOut: 'look at what the waiting nodes do (start task, agent); a longer node-timeout waits longer'
        };
}
function describeBad(tally, unlisted) {
    const stuck = tally.bad.map(({ node }) => node.state).filter(state => (0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_0__/* .bearingOf */ .Y)({ state }) === 'pending');
    const parts = [
        ...(tally.unhealthy > 0 ? [`${tally.unhealthy} unhealthy`] : []),
        ...(stuck.length > 0 ? [`${stuck.length} stuck (${(0,_describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__/* .countStates */ .c)(stuck)})`] : []),
        ...(unlisted > 0 ? [`${unlisted} not listed`] : [])
    ];
    return parts.join(' and ');
}
function patience({ states }, nodeTimeoutMs) {
    if (!/\bunusable\b/.test(states))
        return '';
    return `; Batch has ${Math.round(nodeTimeoutMs / 60_000)} minutes to get an unusable node back (node-timeout)`;
}
function apartVerdict({ states, preemptedMs }, nodeTimeoutMs) {
    const minutes = Math.round(nodeTimeoutMs / 60_000);
    return preemptedMs === undefined
        ? {
            failure: 'nodes-stuck',
            reason: `${states}, and none takes tasks`,
            wayOut: 'find out who has taken the nodes out of scheduling (az batch node scheduling enable), then run again'
        }
        : {
            failure: 'allocation-failed',
            reason: `${states}, and Batch has brought none back for ${minutes} minutes`,
            wayOut: 'run again later, or ask for dedicated nodes, another vmSize or another region'
        };
}
function isOlderThan({ allocatedAt }, { publishedAt }) {
    return allocatedAt !== undefined && publishedAt !== undefined && Date.parse(allocatedAt) < Date.parse(publishedAt);
}


/***/ }),

/***/ 19817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eg: () => (/* binding */ describeTargets),
/* harmony export */   GZ: () => (/* binding */ nextTargets),
/* harmony export */   Nh: () => (/* binding */ nodesOf),
/* harmony export */   QR: () => (/* binding */ targetsOf),
/* harmony export */   dI: () => (/* binding */ firstTargets),
/* harmony export */   e6: () => (/* binding */ totalOf),
/* harmony export */   nu: () => (/* binding */ sameTargets),
/* harmony export */   tQ: () => (/* binding */ isShort),
/* harmony export */   vk: () => (/* binding */ describeProgress)
/* harmony export */ });
const totalOf = (targets) => targets.dedicated + targets.lowPriority;
function sameTargets(a, b) {
    return a.dedicated === b.dedicated && a.lowPriority === b.lowPriority;
}
function isShort(has, wanted) {
    return has.dedicated < wanted.dedicated || has.lowPriority < wanted.lowPriority;
}
function nextTargets(from, goal, nodes) {
    const missing = {
        dedicated: Math.max(goal.dedicated - from.dedicated, 0),
        lowPriority: Math.max(goal.lowPriority - from.lowPriority, 0)
    };
    const budget = Math.min(nodes, totalOf(missing));
    if (budget === 0)
        return from;
    const dedicated = Math.min(missing.dedicated, Math.ceil((budget * missing.dedicated) / totalOf(missing)));
    return { dedicated: from.dedicated + dedicated, lowPriority: from.lowPriority + (budget - dedicated) };
}
function firstTargets(goal, canaryNodes, waveSize) {
    const size = canaryNodes > 0 ? canaryNodes : waveSize;
    return nextTargets({ dedicated: 0, lowPriority: 0 }, goal, size === 'all' ? totalOf(goal) : size);
}
function describeTargets({ dedicated, lowPriority }) {
    if (lowPriority === 0)
        return `${dedicated} dedicated ${dedicated === 1 ? 'node' : 'nodes'}`;
    if (dedicated === 0)
        return `${lowPriority} low-priority ${lowPriority === 1 ? 'node' : 'nodes'}`;
    return `${dedicated} dedicated and ${lowPriority} low-priority nodes`;
}
function describeProgress(has, goal) {
    const one = (count, of, kind) => count + of === 0 ? [] : [`${count} of ${of} ${kind}`];
    const parts = [
        ...one(has.dedicated, goal.dedicated, 'dedicated'),
        ...one(has.lowPriority, goal.lowPriority, 'low-priority')
    ];
    return parts.length === 0 ? 'no nodes' : `${parts.join(' and ')} nodes`;
}
function nodesOf(pool) {
    return { dedicated: pool.currentDedicatedNodes, lowPriority: pool.currentLowPriorityNodes };
}
const targetsOf = (scale) => ({
    dedicated: scale.targetDedicatedNodes,
    lowPriority: scale.targetLowPriorityNodes
});


/***/ }),

/***/ 23333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  uv: () => (/* binding */ bodyLike),
  LT: () => (/* binding */ pool_body_carried),
  bC: () => (/* binding */ carriedByLike),
  eB: () => (/* binding */ hiddenFromLike),
  QV: () => (/* binding */ hiddenOf),
  jl: () => (/* binding */ mergedBody),
  fx: () => (/* binding */ missingSecretsOf),
  zS: () => (/* binding */ surplusIdentities),
  l2: () => (/* binding */ wholeOf),
  _k: () => (/* binding */ writtenDifferences)
});

// EXTERNAL MODULE: ./build/model/pool-contract.js + 1 modules
var pool_contract = __webpack_require__(44561);
// EXTERNAL MODULE: ./build/model/json.js
var json = __webpack_require__(29598);
// EXTERNAL MODULE: ./build/model/shape.js
var shape = __webpack_require__(77079);
// EXTERNAL MODULE: ./build/rules/body-difference.js + 1 modules
var body_difference = __webpack_require__(69682);
;// CONCATENATED MODULE: ./build/rules/body-merge.js


function mergedValue(shape, { present, wanted }) {
    if (wanted === undefined || wanted === null)
        return asSent(shape, present);
    if (shape.type === 'object' && (0,json/* isJsonObject */.OW)(wanted) && (0,json/* isJsonObject */.OW)(present)) {
        return mergedObject(shape, present, wanted);
    }
    if (shape.type !== 'list' || !Array.isArray(wanted) || !Array.isArray(present))
        return wanted;
    return (0,body_difference/* pairs */.AS)({ shape, path: '' }, { present, wanted }).flatMap(pair => pair.wanted === undefined ? [] : [(pair.isSame ? mergedValue(shape.of, pair) : pair.wanted) ?? null]);
}
function mergedObject(shape, present, wanted) {
    const names = [...new Set([...carriedNames(shape, present, wanted), ...Object.keys(wanted)])];
    return Object.fromEntries(names.map(name => [name, mergedValue(shape.of[name] ?? body_difference/* UNKNOWN */.HV, { present: present[name], wanted: wanted[name] })]));
}
function carriedNames({ drops }, present, wanted) {
    const dropped = new Set(drops?.(wanted) ?? []);
    return Object.keys(present).filter(name => present[name] !== undefined && present[name] !== null && !dropped.has(name));
}
function asSent(shape, value) {
    if (shape.type === 'choice') {
        return shape.values.find(one => typeof value === 'string' && one.toLowerCase() === value.toLowerCase()) ?? value;
    }
    if (shape.type === 'list' && Array.isArray(value))
        return value.map(item => asSent(shape.of, item) ?? null);
    if (shape.type !== 'object' || !(0,json/* isJsonObject */.OW)(value))
        return value;
    const there = Object.entries(value).filter(([, part]) => part !== null);
    return Object.fromEntries(there.map(([name, part]) => [name, asSent(shape.of[name] ?? body_difference/* UNKNOWN */.HV, part)]));
}
function carriedPaths({ shape, path }, { present, wanted }) {
    if (shape.type !== 'object' || !(0,json/* isJsonObject */.OW)(present) || !(0,json/* isJsonObject */.OW)(wanted))
        return [];
    return carriedNames(shape, present, wanted).flatMap(name => wanted[name] === undefined
        ? saysSomething(shape.of[name] ?? body_difference/* UNKNOWN */.HV, present[name])
            ? [`${path}.${name}`]
            : []
        : carriedPaths({ shape: shape.of[name] ?? body_difference/* UNKNOWN */.HV, path: `${path}.${name}` }, { present: present[name], wanted: wanted[name] }));
}
const saysSomething = (shape, value) => (0,body_difference/* bodyDifferences */.VV)({ shape, path: '' }, { present: undefined, wanted: value }).length > 0;
function missingSecrets({ shape, path }, { present, wanted }) {
    if (shape.type === 'list')
        return ofItems({ shape, path }, { present, wanted });
    if (shape.type !== 'object' || !(0,json/* isJsonObject */.OW)(present))
        return [];
    const written = (0,json/* isJsonObject */.OW)(wanted) ? wanted : {};
    const names = carriedNames(shape, present, written);
    const whole = { ...Object.fromEntries(names.map(name => [name, present[name]])), ...written };
    const needs = shape.needs?.(whole, wanted === undefined);
    const own = (needs?.names ?? []).filter(name => written[name] === undefined);
    return [
        ...own.map(name => ({ path: `${path}.${name}`, must: needs?.must ?? true })),
        ...names.flatMap(name => missingSecrets({ shape: shape.of[name] ?? body_difference/* UNKNOWN */.HV, path: `${path}.${name}` }, { present: present[name], wanted: written[name] }))
    ];
}
function ofItems({ shape, path }, { present, wanted }) {
    if (!Array.isArray(present))
        return [];
    const there = Array.isArray(wanted) ? (0,body_difference/* pairs */.AS)({ shape, path }, { present, wanted }) : carried(shape, present);
    return there
        .filter(pair => pair.isSame)
        .flatMap(pair => missingSecrets({ shape: shape.of, path: `${path}[${pair.key}]` }, pair));
}
function carried(shape, present) {
    return present.map((item, index) => ({
        key: shape.key?.(item) ?? String(index),
        present: item,
        wanted: undefined,
        isSame: true
    }));
}

;// CONCATENATED MODULE: ./build/rules/pool-body.js





const APART = new Set(['scaleSettings', 'metadata']);
function written({ properties }, pool) {
    const there = (0,json/* isJsonObject */.OW)(pool.body.properties) ? pool.body.properties : {};
    return Object.entries((0,json/* isJsonObject */.OW)(properties) ? properties : {})
        .filter(([name]) => !APART.has(name))
        .map(([name, wanted]) => {
        const shape = pool_contract/* POOL_PROPERTIES */.N2.of[name] ?? body_difference/* UNKNOWN */.HV;
        return { name, path: name, shape, present: there[name], wanted };
    });
}
function writtenDifferences(body, pool) {
    return [
        ...written(body, pool).flatMap(one => (0,body_difference/* bodyDifferences */.VV)(one, one)),
        ...identityDifferences(body, pool),
        ...tagDifferences(body, pool)
    ];
}
function mergedBody(body, pool) {
    const merged = written(body, pool).map(one => [one.name, mergedValue(one.shape, one)]);
    const properties = { ...((0,json/* isJsonObject */.OW)(body.properties) ? body.properties : {}), ...Object.fromEntries(merged) };
    const { identity, tags } = body;
    return {
        ...body,
        ...((0,json/* isJsonObject */.OW)(identity) ? { identity: mergedIdentity(identity, pool) } : {}),
        ...((0,json/* isJsonObject */.OW)(tags) ? { tags: mergedTags(tags, pool) } : {}),
        properties
    };
}
function pool_body_carried(body, pool) {
    return written(body, pool).flatMap(one => carriedPaths(one, one));
}
function missingSecretsOf(body, pool) {
    return written(body, pool)
        .filter(one => one.wanted !== undefined)
        .flatMap(one => missingSecrets(one, one));
}
function wholeOf(names, pool) {
    const rows = written(namesOnly(names), pool).flatMap(({ name, shape, present }) => {
        const value = (present ?? null) === null ? undefined : mergedValue(shape, { present, wanted: undefined });
        return value === undefined ? [] : [[name, value]];
    });
    return Object.fromEntries(rows);
}
function hiddenOf(names, pool) {
    return written(namesOnly(names), pool)
        .flatMap(one => missingSecrets(one, { present: one.present, wanted: undefined }))
        .map(({ path }) => path);
}
const namesOnly = (names) => ({
    properties: Object.fromEntries(names.map(name => [name, null]))
});
function wholeOver(body, pool) {
    const [there, written] = [(0,json/* objectOf */.Xy)(pool.body.properties), (0,json/* objectOf */.Xy)(body.properties)];
    const names = Object.keys(pool_contract/* POOL_PROPERTIES */.N2.of).filter(name => (written[name] ?? there[name] ?? null) !== null);
    const identity = (0,json/* isJsonObject */.OW)(body.identity) ? body.identity : writtenIdentity(pool);
    const tags = { ...(0,json/* objectOf */.Xy)(pool.body.tags), ...(0,json/* objectOf */.Xy)(body.tags) };
    return {
        ...body,
        ...(identity === undefined ? {} : { identity }),
        ...(Object.keys(tags).length === 0 ? {} : { tags }),
        properties: { ...written, ...Object.fromEntries(names.map(name => [name, written[name] ?? null])) }
    };
}
function bodyLike(body, pool) {
    return mergedBody(wholeOver(body, pool), pool);
}
function carriedByLike(body, pool) {
    const written = (0,json/* objectOf */.Xy)(body.properties);
    const whole = Object.keys((0,json/* objectOf */.Xy)(wholeOver(body, pool).properties)).filter(name => written[name] === undefined);
    return [...whole, ...pool_body_carried(body, pool)];
}
function hiddenFromLike(body, pool) {
    return written(wholeOver(body, pool), pool)
        .flatMap(one => missingSecrets(one, { present: one.present, wanted: one.wanted ?? undefined }))
        .filter(({ must }) => must)
        .map(({ path }) => path);
}
function writtenIdentity(pool) {
    const ids = presentIds(pool);
    return ids.length === 0
        ? undefined
        : { type: 'UserAssigned', userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}])) };
}
function identityDifferences({ identity }, pool) {
    if (!(0,json/* isJsonObject */.OW)(identity))
        return [];
    const [wanted, present] = [idsOf(identity), presentIds(pool)];
    const type = presentIdentity(pool).type ?? 'None';
    const isSame = same(String(type), String(identity.type)) && wanted.every(id => present.some(one => same(one, id)));
    return isSame ? [] : [{ path: 'identity', present: [type, ...present], wanted: [identity.type ?? null, ...wanted] }];
}
function surplusIdentities({ identity }, pool) {
    if (!(0,json/* isJsonObject */.OW)(identity) || identity.type !== 'UserAssigned')
        return [];
    return presentIds(pool).filter(id => !idsOf(identity).some(one => same(one, id)));
}
function mergedIdentity(identity, pool) {
    const ids = [...idsOf(identity), ...surplusIdentities({ identity }, pool)];
    return ids.length === 0
        ? identity
        : { ...identity, userAssignedIdentities: Object.fromEntries(ids.map(id => [id, {}])) };
}
const presentIdentity = ({ body }) => ((0,json/* isJsonObject */.OW)(body.identity) ? body.identity : {});
const presentIds = (pool) => idsOf(presentIdentity(pool));
const same = (a, b) => a.toLowerCase() === b.toLowerCase();
function idsOf({ userAssignedIdentities: ids }) {
    return (0,json/* isJsonObject */.OW)(ids) ? Object.keys(ids).toSorted() : [];
}
function tagDifferences({ tags }, pool) {
    const there = (0,json/* objectOf */.Xy)(pool.body.tags);
    return Object.entries((0,json/* objectOf */.Xy)(tags)).flatMap(([name, wanted]) => {
        const [path, present] = [`tags.${name}`, there[tagThere(there, name)]];
        return present === undefined
            ? [{ path, present, wanted }]
            : (0,body_difference/* bodyDifferences */.VV)({ shape: shape/* text */.Qq, path }, { present, wanted });
    });
}
function mergedTags(tags, pool) {
    const there = (0,json/* objectOf */.Xy)(pool.body.tags);
    return {
        ...there,
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [tagThere(there, name), value]))
    };
}
const tagThere = (there, name) => Object.keys(there).find(one => same(one, name)) ?? name;


/***/ }),

/***/ 65956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D_: () => (/* binding */ hasRestorePoint),
/* harmony export */   FZ: () => (/* binding */ failedItem),
/* harmony export */   Gt: () => (/* binding */ changedMetadata),
/* harmony export */   Mm: () => (/* binding */ specChange),
/* harmony export */   Mq: () => (/* binding */ scaleToRestore),
/* harmony export */   O5: () => (/* binding */ specItems),
/* harmony export */   Pc: () => (/* reexport safe */ _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__.Pc),
/* harmony export */   Q8: () => (/* binding */ undoneChange),
/* harmony export */   Qr: () => (/* binding */ hasRunNote),
/* harmony export */   Sl: () => (/* binding */ hasFailedNote),
/* harmony export */   VY: () => (/* reexport safe */ _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__.VY),
/* harmony export */   XG: () => (/* binding */ NO_CHANGE),
/* harmony export */   Yq: () => (/* binding */ withRun),
/* harmony export */   bL: () => (/* binding */ foreignItems),
/* harmony export */   cp: () => (/* binding */ NOTHING_OF_OURS),
/* harmony export */   de: () => (/* binding */ withRestorePoint),
/* harmony export */   fu: () => (/* binding */ restorePointImageId),
/* harmony export */   hL: () => (/* binding */ isUnmade),
/* harmony export */   nb: () => (/* binding */ runItem),
/* harmony export */   w$: () => (/* binding */ unmadeItem),
/* harmony export */   w2: () => (/* binding */ released)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(29598);
/* harmony import */ var _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43122);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64050);





function foreignItems(metadata) {
    return metadata.filter(({ name }) => !(0,_model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwnItem */ .U3)(name));
}
function specItems(properties) {
    const { metadata } = properties;
    if (!Array.isArray(metadata))
        return undefined;
    return metadata.filter(_model_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .OW).map(item => ({ name: String(item.name), value: String(item.value) }));
}
function changedMetadata(metadata, { set, remove }) {
    const gone = new Set([...remove, ...set.map(({ name }) => name)]);
    return [...metadata.filter(({ name }) => !gone.has(name)), ...set];
}
function hasRunNote(metadata) {
    return metadata.some(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_ITEM */ .uE);
}
function hasRestorePoint(metadata) {
    return restorePointIn(metadata) !== undefined;
}
function specChange(properties, { metadata }) {
    const set = specItems(properties);
    if (set === undefined)
        return { set: [], remove: [] };
    const isKept = ({ name }) => set.some(item => item.name === name);
    return {
        set,
        remove: foreignItems(metadata)
            .filter(item => !isKept(item))
            .map(({ name }) => name)
    };
}
function undoneChange({ set, remove }, { metadata }) {
    const touched = new Set([...remove, ...set.map(({ name }) => name)]);
    const restores = foreignItems(metadata).flatMap(({ name }) => (touched.has(name) ? [name] : []));
    const removes = set.flatMap(({ name }) => ((0,_model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .isOwnItem */ .U3)(name) || restores.includes(name) ? [] : [name]));
    return { restores, removes };
}
function withRun(change, context) {
    return { set: [...change.set, runItem(context)], remove: [...change.remove, _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMER_ITEM */ .OD, _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILED_ITEM */ .qD] };
}
function withRestorePoint(change, former, context) {
    const { scale, imageId } = former;
    const value = JSON.stringify({ ...scale, ...(imageId === undefined ? {} : { imageId }) });
    return { set: [...change.set, runItem(context), { name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMER_ITEM */ .OD, value }], remove: change.remove };
}
const NO_CHANGE = { set: [], remove: [] };
function released(change) {
    return { ...change, remove: [...change.remove, _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY] };
}
const NOTHING_OF_OURS = { set: [], remove: [_model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_ITEM */ .uE, _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMER_ITEM */ .OD, _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY] };
function runItem({ repository, runId, commit }) {
    return { name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .RUN_ITEM */ .uE, value: `${repository} run ${runId} commit ${commit}` };
}
function failedItem({ imageId }) {
    return imageId === undefined ? [] : [{ name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILED_ITEM */ .qD, value: imageId }];
}
function hasFailedNote({ metadata, imageId }) {
    const note = metadata.find(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FAILED_ITEM */ .qD)?.value;
    return note !== undefined && imageId !== undefined && (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .sameId */ .s)(note, imageId);
}
function unmadeItem(rows) {
    return { name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .UNMADE_ITEM */ .Pc, value: JSON.stringify(rows.map(row => [row.path, digestOf(row)])) };
}
const digestOf = ({ wanted }) => (0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .V)(JSON.stringify(wanted ?? null), 8);
function isUnmade(metadata, row) {
    const note = metadata.find(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .UNMADE_ITEM */ .Pc)?.value;
    return note?.includes(JSON.stringify([row.path, digestOf(row)])) === true;
}
function scaleToRestore(pool) {
    const kept = restorePointIn(pool.metadata);
    if (kept === undefined)
        return undefined;
    const { imageId, ...scale } = kept;
    return imageId === pool.imageId && isAtLeast(pool.scale, scale) ? undefined : scale;
}
function isAtLeast(present, former) {
    if (present.kind === 'auto')
        return true;
    if (former.kind === 'auto')
        return false;
    return (present.targetDedicatedNodes >= former.targetDedicatedNodes &&
        present.targetLowPriorityNodes >= former.targetLowPriorityNodes);
}
function restorePointImageId(metadata) {
    return restorePointIn(metadata)?.imageId;
}
function restorePointIn(metadata) {
    const kept = metadata.find(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .FORMER_ITEM */ .OD);
    if (kept === undefined)
        return undefined;
    try {
        const former = JSON.parse(kept.value);
        return former.kind === 'fixed' || former.kind === 'auto' ? former : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 42861:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ isAsAsked),
/* harmony export */   _V: () => (/* binding */ isAtZero),
/* harmony export */   p5: () => (/* binding */ isAsFound)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(29598);
/* harmony import */ var _model_pool_contract_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(44561);
/* harmony import */ var _body_difference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69682);
/* harmony import */ var _pool_body_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23333);





function isAsFound(pool, { scale, imageId }) {
    return (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .sameId */ .s)(pool.imageId ?? '', imageId ?? '') && sameScale(pool.scale, scale);
}
function sameScale(a, b) {
    if (a.kind === 'auto' || b.kind === 'auto')
        return a.kind === 'auto' && b.kind === 'auto' && a.formula === b.formula;
    return a.targetDedicatedNodes === b.targetDedicatedNodes && a.targetLowPriorityNodes === b.targetLowPriorityNodes;
}
function isAtZero({ scale }) {
    return scale.kind === 'fixed' && scale.targetDedicatedNodes + scale.targetLowPriorityNodes === 0;
}
function isAsAsked(pool, sent) {
    const asked = (0,_model_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(sent.properties) ? sent.properties : {};
    const there = (0,_model_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isJsonObject */ .OW)(pool.body.properties) ? pool.body.properties : {};
    const isSo = (name, shape) => (0,_body_difference_js__WEBPACK_IMPORTED_MODULE_1__/* .bodyDifferences */ .VV)({ shape, path: name }, { present: there[name], wanted: asked[name] }).length === 0;
    if (asked.metadata === undefined || !isSo('metadata', _model_pool_contract_js__WEBPACK_IMPORTED_MODULE_0__/* .POOL_METADATA */ .XB))
        return false;
    return isSo('scaleSettings', _model_pool_contract_js__WEBPACK_IMPORTED_MODULE_0__/* .SCALE_SETTINGS */ .T) && (0,_pool_body_js__WEBPACK_IMPORTED_MODULE_2__/* .writtenDifferences */ ._k)(sent, pool).length === 0;
}


/***/ }),

/***/ 87493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Il: () => (/* binding */ isProofOf),
/* harmony export */   Mg: () => (/* binding */ isLeftProof),
/* harmony export */   iA: () => (/* binding */ proofPoolName),
/* harmony export */   om: () => (/* binding */ proofItem)
/* harmony export */ });
/* harmony import */ var _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43122);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64050);
/* harmony import */ var _lease_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83674);



const LONGEST_NAME = 64;
function proofPoolName(poolName, imageId, context, stopAfter) {
    const { repository, runId, runAttempt } = context;
    const parts = [poolName, imageId, repository, runId, runAttempt, ...(stopAfter === undefined ? [] : [stopAfter])];
    const digest = (0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .V)(parts.join('\n').toLowerCase(), 8);
    const suffix = `-proof-${digest}`;
    return `${poolName.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
}
const proofItem = (poolName) => ({ name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .PROOF_ITEM */ .T9, value: poolName });
function isProofOf({ metadata }, poolName) {
    const note = metadata.find(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .PROOF_ITEM */ .T9)?.value;
    return note?.toLowerCase() === poolName.toLowerCase();
}
function isLeftProof(pool, poolName, { context, now }) {
    if (!isProofOf(pool, poolName) || pool.provisioningState === 'Deleting')
        return false;
    const state = (0,_lease_js__WEBPACK_IMPORTED_MODULE_2__/* .leaseState */ .oi)((0,_lease_js__WEBPACK_IMPORTED_MODULE_2__/* .leaseOf */ .m8)(pool.metadata), context, now);
    return state === 'ran-out' || state === 'earlier-attempt' || state === 'free';
}


/***/ }),

/***/ 74403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Az: () => (/* binding */ wavesFor),
/* harmony export */   D1: () => (/* binding */ startedBefore),
/* harmony export */   Ir: () => (/* binding */ nextWaveSize),
/* harmony export */   MO: () => (/* binding */ nodesToRefresh),
/* harmony export */   OC: () => (/* binding */ isLeft),
/* harmony export */   Ro: () => (/* binding */ PLANNED_REFRESH),
/* harmony export */   _d: () => (/* binding */ mostAtOnce),
/* harmony export */   cm: () => (/* binding */ refreshItemAt),
/* harmony export */   hj: () => (/* binding */ changedAtOf),
/* harmony export */   vM: () => (/* binding */ isTakenOnStart),
/* harmony export */   wS: () => (/* binding */ countedNodes)
/* harmony export */ });
/* harmony import */ var _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43122);
/* harmony import */ var _model_node_state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62976);


const ON_START = new Set(['startTask', 'applicationPackages']);
const isTakenOnStart = ({ path }) => ON_START.has(path.split(/[.[]/)[0] ?? path);
const PLANNED_REFRESH = { name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .REFRESH_ITEM */ .cs, value: '{}' };
function refreshItemAt(items, now) {
    const value = JSON.stringify({ changedAt: new Date(now).toISOString() });
    return items.map(item => (item.name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .REFRESH_ITEM */ .cs ? { name: _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .REFRESH_ITEM */ .cs, value } : item));
}
function changedAtOf({ metadata }) {
    const note = metadata.find(({ name }) => name === _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .REFRESH_ITEM */ .cs)?.value;
    if (note === undefined)
        return undefined;
    try {
        const at = Date.parse(JSON.parse(note).changedAt);
        return Number.isNaN(at) ? undefined : at;
    }
    catch {
        return undefined;
    }
}
const DOUBTFUL_MS = 60_000;
function startedBefore({ bootedAt }, changedAt) {
    return bootedAt !== undefined && Date.parse(bootedAt) < changedAt + DOUBTFUL_MS;
}
const RESTARTABLE = ['idle', 'running', 'starttaskfailed'];
function nodesToRefresh(nodes, changedAt) {
    return nodes
        .filter(node => node.state === 'starttaskfailed' || startedBefore(node, changedAt))
        .filter(({ state }) => RESTARTABLE.includes(state))
        .toSorted((a, b) => RESTARTABLE.indexOf(a.state) - RESTARTABLE.indexOf(b.state));
}
function isLeft(node, changedAt) {
    return ['offline', 'unusable', 'unknown'].includes(node.state) && startedBefore(node, changedAt);
}
function mostAtOnce({ waveSize }, nodes) {
    const asked = waveSize === 'all' ? Math.floor(nodes / 10) : waveSize;
    return Math.max(1, Math.min(asked, Math.floor(nodes / 2)));
}
function nextWaveSize(waves, { nodes, begun }) {
    const most = mostAtOnce(waves, nodes);
    return begun === 0 && waves.canaryNodes > 0 ? Math.min(waves.canaryNodes, most) : most;
}
function wavesFor(waves, { nodes, toRestart }) {
    const first = nextWaveSize(waves, { nodes, begun: 0 });
    return 1 + Math.ceil(Math.max(0, toRestart - first) / mostAtOnce(waves, nodes));
}
const countedNodes = (nodes) => nodes.filter(node => (0,_model_node_state_js__WEBPACK_IMPORTED_MODULE_1__/* .bearingOf */ .Y)(node) !== 'apart').length;


/***/ }),

/***/ 52527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CY: () => (/* binding */ mayTakeUp),
/* harmony export */   Dk: () => (/* binding */ TAG),
/* harmony export */   I9: () => (/* binding */ LONGEST_TAG_VALUE),
/* harmony export */   L$: () => (/* binding */ isFrom),
/* harmony export */   NG: () => (/* binding */ isOfRun),
/* harmony export */   Nj: () => (/* binding */ tagsFor),
/* harmony export */   p2: () => (/* binding */ imageKey),
/* harmony export */   yv: () => (/* binding */ originOf)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51736);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64050);


const TAG = {
    key: 'batch-image-rollout-key',
    state: 'batch-image-rollout-state',
    proved: 'batch-image-rollout-proved',
    failed: 'batch-image-rollout-failed',
    version: 'batch-image-rollout-version',
    keep: 'batch-image-rollout-keep',
    unprotected: 'batch-image-rollout-unprotected',
    source: 'batch-image-rollout-source',
    baseImage: 'batch-image-rollout-base-image',
    repository: 'batch-image-rollout-repository',
    commit: 'batch-image-rollout-commit',
    run: 'batch-image-rollout-run',
    attempt: 'batch-image-rollout-attempt'
};
const LONGEST_TAG_VALUE = 256;
function imageKey(image) {
    const { publishTo } = image;
    const disks = Array.isArray(image.dataDisks) ? image.dataDisks.toSorted((a, b) => a - b).join(',') : image.dataDisks;
    const target = publishTo.kind === 'gallery'
        ? [publishTo.galleryImageId, publishTo.version, publishTo.replicationMode]
        : [publishTo.imageId];
    const stopped = image.stopVm ? ['stopped'] : [];
    return (0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .V)([image.source.id, disks, ...target, ...stopped].join('\n').toLowerCase(), 16);
}
function tagsFor(made, context, own) {
    const tags = {
        [TAG.key]: made.key,
        [TAG.state]: made.state,
        [TAG.version]: made.version,
        [TAG.keep]: made.keep === undefined ? undefined : String(made.keep),
        [TAG.source]: made.source,
        [TAG.baseImage]: made.baseImage,
        [TAG.repository]: context.repository,
        [TAG.commit]: context.commit,
        [TAG.run]: context.runId,
        [TAG.attempt]: String(context.runAttempt)
    };
    const entries = Object.entries(tags).flatMap(([name, value]) => value === undefined || value === '' ? [] : [[name, value.slice(0, LONGEST_TAG_VALUE)]]);
    return { ...own, ...Object.fromEntries(entries) };
}
function mayTakeUp(tags, key, context) {
    if (tags[TAG.key] !== key)
        return false;
    return tags[TAG.state] === 'open' || tags[TAG.state] === 'stopped' || isOfRun(tags, context);
}
function isOfRun(tags, context) {
    return tags[TAG.run] === context.runId && tags[TAG.repository] === context.repository;
}
function originOf(tags) {
    const run = tags[TAG.run];
    if (run === undefined)
        return 'an unknown run';
    return `run ${run} attempt ${tags[TAG.attempt] ?? '1'}`;
}
function isFrom(tags, source) {
    const tagged = tags[TAG.source];
    return tagged !== undefined && (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .sameId */ .s)(tagged, source.slice(0, LONGEST_TAG_VALUE));
}


/***/ }),

/***/ 40543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D$: () => (/* binding */ fixedScale),
/* harmony export */   Fu: () => (/* binding */ scaleSettingsOf),
/* harmony export */   Yo: () => (/* binding */ scaleIn),
/* harmony export */   l0: () => (/* binding */ deallocationOption)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);
/* harmony import */ var _shared_iso8601_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40112);


function deallocationOption(drain) {
    const options = { 'task-completion': 'TaskCompletion', requeue: 'Requeue', terminate: 'Terminate' };
    return options[drain];
}
function scaleSettingsOf(scale) {
    if (scale.kind === 'auto') {
        const { formula, evaluationInterval } = scale;
        return { autoScale: { formula, ...(evaluationInterval === undefined ? {} : { evaluationInterval }) } };
    }
    const { targetDedicatedNodes, targetLowPriorityNodes, resizeTimeout } = scale;
    return {
        fixedScale: {
            targetDedicatedNodes,
            targetLowPriorityNodes,
            ...(resizeTimeout === undefined ? {} : { resizeTimeout })
        }
    };
}
function scaleIn(settings) {
    if (!(0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(settings))
        return undefined;
    const { fixedScale: fixed, autoScale: auto } = settings;
    if ((0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(auto)) {
        const { formula, evaluationInterval: interval } = auto;
        return {
            kind: 'auto',
            formula: String(formula),
            ...(typeof interval === 'string' ? { evaluationInterval: interval } : {})
        };
    }
    if (!(0,_model_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .OW)(fixed))
        return undefined;
    return {
        kind: 'fixed',
        targetDedicatedNodes: Number(fixed.targetDedicatedNodes ?? 0),
        targetLowPriorityNodes: Number(fixed.targetLowPriorityNodes ?? 0)
    };
}
function fixedScale(targets, timeoutMs) {
    return {
        targetDedicatedNodes: targets.dedicated,
        targetLowPriorityNodes: targets.lowPriority,
        resizeTimeout: (0,_shared_iso8601_js__WEBPACK_IMPORTED_MODULE_1__/* .formatIso8601 */ .I)(timeoutMs)
    };
}


/***/ }),

/***/ 87071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ smokeJobName),
/* harmony export */   j: () => (/* binding */ smokeJob)
/* harmony export */ });
/* harmony import */ var _model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43122);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64050);
/* harmony import */ var _shared_iso8601_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40112);
/* harmony import */ var _pool_metadata_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65956);




const HIGHEST_PRIORITY = 1_000;
function smokeJobName(poolId, imageId, context) {
    const { repository, runId, runAttempt } = context;
    return `${_model_own_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .SMOKE_JOB_PREFIX */ .RH}${(0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .shortDigest */ .V)([poolId, imageId, repository, runId, runAttempt].join('\n').toLowerCase(), 12)}`;
}
function smokeJob(name, poolName, { context, longestMs }) {
    return {
        id: name,
        displayName: `smoke test of pool ${poolName}`,
        priority: HIGHEST_PRIORITY,
        constraints: { maxWallClockTime: (0,_shared_iso8601_js__WEBPACK_IMPORTED_MODULE_3__/* .formatIso8601 */ .I)(longestMs), maxTaskRetryCount: 0 },
        poolInfo: { poolId: poolName },
        metadata: [(0,_pool_metadata_js__WEBPACK_IMPORTED_MODULE_2__/* .runItem */ .nb)(context)]
    };
}


/***/ }),

/***/ 31572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ owedAlready),
/* harmony export */   h: () => (/* binding */ owedAt)
/* harmony export */ });
function owedAt(ending, undo, { statusOf, conditions }) {
    return undo.filter(({ on, after, until, unless, given, step }) => on.includes(ending) &&
        (unless === undefined || statusOf(unless) === 'not-started') &&
        statusOf(after) !== 'not-started' &&
        statusOf(until) !== 'done' &&
        statusOf(step.id) !== 'done' &&
        !undo.some(later => later.step.after.includes(step.id) && statusOf(later.step.id) === 'done') &&
        (given === undefined || conditions?.has(given) === true));
}
function owedAlready({ steps, undo }, progress) {
    return owedAt('failed', undo, progress).filter(({ atOnce, until }) => atOnce === true && cantBeDone(steps, until, progress));
}
function cantBeDone(steps, id, progress) {
    const status = progress.statusOf(id);
    if (status === 'failed' || status === 'cancelled')
        return true;
    const after = steps.find(step => step.id === id)?.after ?? [];
    return status === 'not-started' && after.some(other => cantBeDone(steps, other, progress));
}


/***/ }),

/***/ 8067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ stateOf),
/* harmony export */   g: () => (/* binding */ isInMotion)
/* harmony export */ });
/* harmony import */ var _lease_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83674);

const IN_MOTION = /^(starting|stopping|deallocating)$/i;
const isInMotion = ({ powerState = '' }) => IN_MOTION.test(powerState);
function stateOf({ tags, readAt }, context, now) {
    return (0,_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseState */ .oi)((0,_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseOfTags */ .n7)(tags), context, readAt ?? now);
}


/***/ }),

/***/ 788:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   c4: () => (/* binding */ STATE),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(96421);

const STATE = {
    journal: 'journal',
    undo: 'undo',
    ended: 'ended'
};
function saveState(name, value) {
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(name, value);
}
function readState(name, env) {
    return env[`STATE_${name}`] || undefined;
}


/***/ }),

/***/ 75232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mw: () => (/* binding */ outliveTheLog),
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   Rm: () => (/* binding */ log),
/* harmony export */   Sy: () => (/* binding */ writeSummary),
/* harmony export */   fz: () => (/* binding */ annotate),
/* harmony export */   hM: () => (/* binding */ tempFile),
/* harmony export */   hy: () => (/* binding */ journalAt),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   pD: () => (/* binding */ writePlan),
/* harmony export */   pO: () => (/* binding */ runContext),
/* harmony export */   pm: () => (/* binding */ clock),
/* harmony export */   s8: () => (/* binding */ quietSdks),
/* harmony export */   uK: () => (/* binding */ exitWhenWritten),
/* harmony export */   yT: () => (/* binding */ random)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(96421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var _report_escape_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9924);






const clock = {
    now: () => Date.now(),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
        const end = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener('abort', end);
            resolve();
        }, ms);
        if (signal?.aborted)
            end();
        else
            signal?.addEventListener('abort', end, { once: true });
    })
};
const SDK_LOGS = ['AZURE_LOG_LEVEL', 'TYPESPEC_RUNTIME_LOG_LEVEL', 'DEBUG'];
function quietSdks() {
    for (const name of SDK_LOGS) {
        if (process.env[name] === undefined)
            continue;
        delete process.env[name];
        log.debug(`${name} is left aside: what the SDKs write by it may hold secrets`);
    }
}
const random = () => Math.random();
let folder;
function tempFile(name) {
    folder ??= (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(process.env.RUNNER_TEMP || (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)(), 'batch-image-rollout-'));
    return (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, name);
}
function readInput(name) {
    return (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4)(name);
}
function journalAt(path) {
    return { write: entry => (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.appendFileSync)(path(), `${JSON.stringify(entry)}\n`) };
}
function writePlan(json) {
    const file = tempFile('plan.json');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.writeFileSync)(file, json);
    return file;
}
function outliveTheLog() {
    for (const stream of [process.stdout, process.stderr])
        stream.on('error', () => undefined);
}
const log = {
    say: (text) => void process.stdout.write(`${text}\n`),
    debug: (text) => void process.stdout.write(`::debug::${(0,_report_escape_js__WEBPACK_IMPORTED_MODULE_5__/* .commandData */ .wq)(text)}\n`),
    mask: (secret) => (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq)(secret)
};
function annotate({ level, title, message }) {
    const write = { error: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3, warning: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e, notice: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm }[level];
    write(message, { title });
}
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH)(name, value);
}
function writeSummary(markdown) {
    const path = process.env.GITHUB_STEP_SUMMARY;
    if (path !== undefined && path !== '')
        (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.appendFileSync)(path, `${markdown}\n`);
}
function runContext(env) {
    const { GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT, GITHUB_SHA, GITHUB_SERVER_URL } = env;
    const repository = GITHUB_REPOSITORY || 'no-repository';
    const runId = GITHUB_RUN_ID || 'no-run';
    return {
        repository,
        runId,
        runAttempt: Number(GITHUB_RUN_ATTEMPT || 1),
        commit: GITHUB_SHA || '',
        nonce: (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)(),
        ...(GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID
            ? { runUrl: `${GITHUB_SERVER_URL}/${repository}/actions/runs/${runId}` }
            : {})
    };
}
function exitWhenWritten(code) {
    process.exitCode = code;
    process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}


/***/ }),

/***/ 64050:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ shortDigest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);

function shortDigest(text, length) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex').slice(0, length);
}


/***/ }),

/***/ 80290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ formatDurationMs),
/* harmony export */   y: () => (/* binding */ parseDurationMs)
/* harmony export */ });
const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const isUnit = (text) => text !== undefined && Object.hasOwn(UNITS_MS, text);
function parseDurationMs(text) {
    const [, digits, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    return isUnit(unit) ? Number(digits) * UNITS_MS[unit] : undefined;
}
function formatDurationMs(ms) {
    const unit = ['d', 'h', 'm', 's'].find(candidate => ms % UNITS_MS[candidate] === 0 && ms !== 0);
    if (ms === 0)
        return '0s';
    return unit === undefined ? `${ms}ms` : `${ms / UNITS_MS[unit]}${unit}`;
}


/***/ }),

/***/ 65940:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ elapsedText),
/* harmony export */   _: () => (/* binding */ timeSince)
/* harmony export */ });
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
function elapsedText(ms) {
    const whole = Math.max(0, Math.round(ms));
    if (whole > 0 && whole < SECOND_MS)
        return `${whole}ms`;
    const seconds = Math.round(whole / SECOND_MS);
    if (seconds < 60)
        return `${seconds}s`;
    if (seconds < HOUR_MS / SECOND_MS)
        return `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`;
    const minutes = Math.floor((whole + MINUTE_MS / 2) / MINUTE_MS);
    return `${Math.floor(minutes / 60)}h ${two(minutes % 60)}m`;
}
function timeSince(startedAt, now) {
    const seconds = Math.floor((now - startedAt) / SECOND_MS);
    return `${String(Math.floor(seconds / 60)).padStart(3)}:${two(seconds % 60)}`;
}
const two = (value) => String(value).padStart(2, '0');


/***/ }),

/***/ 70168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ withHeartbeat)
/* harmony export */ });
const SILENT_AT_MOST_MS = 5 * 60_000;
async function withHeartbeat({ clock, signal, tell }, work) {
    const over = new AbortController();
    const either = AbortSignal.any([over.signal, signal]);
    let spokeAt = clock.now();
    const beat = async () => {
        for (let heardAt = spokeAt;;) {
            const due = Math.max(heardAt, spokeAt) + SILENT_AT_MOST_MS;
            if (clock.now() < due) {
                await clock.sleep(due - clock.now(), either);
                continue;
            }
            heardAt = due;
            tell(clock.now() - spokeAt);
        }
    };
    beat().catch(() => undefined);
    try {
        return await work(() => void (spokeAt = clock.now()));
    }
    finally {
        over.abort();
    }
}


/***/ }),

/***/ 40112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ formatIso8601),
/* harmony export */   g: () => (/* binding */ parseIso8601Ms)
/* harmony export */ });
const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
function parseIso8601Ms(text) {
    const match = PATTERN.exec(text);
    if (match === null || text.endsWith('P') || text.endsWith('T'))
        return undefined;
    const [days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0));
    return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
function formatIso8601(ms) {
    const total = Math.ceil(ms / 1_000);
    const parts = [
        [Math.floor(total / 3_600), 'H'],
        [Math.floor((total % 3_600) / 60), 'M'],
        [total % 60, 'S']
    ];
    const text = parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value}${unit}`])).join('');
    return text === '' ? 'PT0S' : `PT${text}`;
}


/***/ }),

/***/ 44114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ logLine),
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   LV: () => (/* binding */ wrap),
/* harmony export */   PS: () => (/* binding */ cutInside),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   YB: () => (/* binding */ columns),
/* harmony export */   tl: () => (/* binding */ shortLine)
/* harmony export */ });
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
function oneLine(text) {
    return text.toWellFormed().replace(ANSI, '').replace(/\s+/g, ' ').replace(UNSEEN, '\ufffd').trim();
}
function shortLine(text, length) {
    return cut(oneLine(text), length);
}
function cut(text, length) {
    if (text.length <= length)
        return text;
    return `${text.slice(0, Math.max(0, length - 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}
function cutInside(text, length) {
    if (text.length <= length)
        return text;
    const end = Math.floor((length - 3) / 2);
    const start = text.slice(0, length - 3 - end).replace(/[\ud800-\udbff]$/, '');
    return `${start} … ${text.slice(-end).replace(/^[\udc00-\udfff]/, '')}`;
}
function logLine(line) {
    return oneLineKeepingBlanks(line)
        .replaceAll('##[', '# #[')
        .replace(/^(\s*):(?=:)/, '$1: ')
        .trimEnd();
}
function oneLineKeepingBlanks(line) {
    return line
        .toWellFormed()
        .replace(ANSI, '')
        .replace(/[\r\n\t\v\f\u2028\u2029]/g, ' ')
        .replace(UNSEEN, '\ufffd');
}
function columns(rows, right = []) {
    const widths = [];
    for (const row of rows) {
        row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, [...cell].length)));
    }
    return rows.map(row => row
        .map((cell, index) => {
        const blanks = ' '.repeat((widths[index] ?? 0) - [...cell].length);
        return right.includes(index) ? blanks + cell : cell + blanks;
    })
        .join('  ')
        .trimEnd());
}
function wrap(text, width) {
    const lines = [];
    for (const word of oneLine(text).split(' ')) {
        const last = lines.at(-1);
        if (last === undefined || last.length + 1 + word.length > width)
            lines.push(word);
        else
            lines[lines.length - 1] = `${last} ${word}`;
    }
    return lines;
}


/***/ }),

/***/ 89853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   au: () => (/* binding */ didYouMean),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   yZ: () => (/* binding */ joinWords)
/* harmony export */ });
/* unused harmony export editDistance */
function joinWords(words, conjunction = 'or') {
    if (words.length < 2)
        return words[0] ?? '';
    return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}
function nearest(text, candidates) {
    const lower = text.toLowerCase();
    const sameButForCase = candidates.find(candidate => candidate.toLowerCase() === lower);
    if (sameButForCase !== undefined)
        return sameButForCase;
    const ranked = candidates
        .filter(candidate => Math.abs(candidate.length - lower.length) <= mostEdits(candidate))
        .map(candidate => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
        .filter(({ candidate, distance }) => distance <= mostEdits(candidate))
        .sort((a, b) => a.distance - b.distance);
    return ranked[0]?.candidate;
}
const mostEdits = ({ length }) => (length > 10 ? 3 : length > 5 ? 2 : 1);
function didYouMean(text, candidates) {
    const candidate = nearest(text, candidates);
    return candidate === undefined ? '' : `; did you mean "${candidate}"?`;
}
function editDistance(a, b) {
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
        const current = [row];
        for (let column = 1; column <= b.length; column++) {
            const same = a[row - 1] === b[column - 1];
            const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
            current[column] = Math.min(at(current, column - 1) + 1, at(last, column) + 1, at(last, column - 1) + (same ? 0 : 1), swapped ? at(beforeLast, column - 2) + 1 : Infinity);
        }
        beforeLast = last;
        last = current;
    }
    return at(last, b.length);
}
const at = (numbers, index) => numbers[index] ?? Infinity;
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 13141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EB: () => (/* binding */ anyOf),
/* harmony export */   dg: () => (/* binding */ abortAfter),
/* harmony export */   pJ: () => (/* binding */ endOf),
/* harmony export */   ux: () => (/* binding */ within)
/* harmony export */ });
const ends = new WeakMap();
function endOf(signal) {
    return signal && ends.get(signal);
}
function abortAfter(clock, ms, { reason, over }) {
    const controller = new AbortController();
    ends.set(controller.signal, clock.now() + ms);
    clock.sleep(ms, over).then(() => controller.abort(reason), () => undefined);
    return controller.signal;
}
function anyOf(signals) {
    const any = AbortSignal.any(signals);
    const known = signals.map(endOf).filter(end => end !== undefined);
    if (known.length > 0)
        ends.set(any, Math.min(...known));
    return any;
}
async function within(clock, ms, task) {
    const over = new AbortController();
    try {
        return await task(abortAfter(clock, ms, { reason: new Error(`not within ${ms / 1_000} s`), over: over.signal }));
    }
    finally {
        over.abort();
    }
}


/***/ }),

/***/ 22706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ utcSeconds),
/* harmony export */   n: () => (/* binding */ utc)
/* harmony export */ });
function utc(at) {
    return `${isoOf(at).slice(0, 16)} UTC`;
}
function utcSeconds(at) {
    return `${isoOf(at).slice(0, 19)} UTC`;
}
const isoOf = (at) => new Date(at).toISOString().replace('T', ' ');


/***/ })

};
