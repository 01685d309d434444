export const id = 845;
export const ids = [845];
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

/***/ 30979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ IdTokenError),
/* harmony export */   g: () => (/* binding */ requestIdToken)
/* harmony export */ });
/* harmony import */ var _shared_elapsed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65940);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11888);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(74813);
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

/***/ 33427:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ readJob)
/* harmony export */ });
/* harmony import */ var _jwt_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36273);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(74813);


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

/***/ 36273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ claimsOf),
/* harmony export */   x: () => (/* binding */ factsOf)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29598);
/* harmony import */ var _read_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(74813);


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
        throw new _model_failure_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4('input-invalid', `${name}: "${withoutUser(text)}" names no proxy that can be used; it is an http or https URL, such as http://proxy.example:3128`, `correct the environment variable ${name} of the runner, or take it away`);
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

/***/ 74813:
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

/***/ 80646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ connectTo)
/* harmony export */ });
/* harmony import */ var _azure_job_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33427);
/* harmony import */ var _azure_proxy_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(11888);
/* harmony import */ var _shared_plain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44114);



async function connectTo(deps, spec, signal) {
    const { connect } = await Promise.all(/* import() */[__webpack_require__.e(818), __webpack_require__.e(110)]).then(__webpack_require__.bind(__webpack_require__, 54110));
    return connect({
        cloud: spec.cloud,
        signIn: spec.signIn,
        clock: deps.clock,
        ...(deps.httpClient === undefined ? {} : { httpClient: deps.httpClient }),
        getIdToken: deps.getIdToken,
        pollIntervalMs: spec.pollIntervalMs,
        userAgent: 'batch-image-rollout',
        job: (0,_azure_job_js__WEBPACK_IMPORTED_MODULE_1__/* .readJob */ .c)(deps.env, deps.readText ?? (() => '')),
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

/***/ 24279:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ formerScaleSettings),
/* harmony export */   l: () => (/* binding */ deallocationOption)
/* harmony export */ });
function deallocationOption(drain) {
    const options = { 'task-completion': 'TaskCompletion', requeue: 'Requeue', terminate: 'Terminate' };
    return options[drain];
}
function formerScaleSettings(scale) {
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
    'drain-timeout': 'the nodes were not drained in time; the pool got its former size back',
    'quota-reached': 'a quota of the Batch account is used up: its cores, or its pools',
    'azure-quota-reached': 'a quota of Azure outside of the Batch account is used up: of snapshots, images, a gallery, cores',
    'allocation-failed': 'Azure did not give the nodes: the region is short, or it can’t make such nodes',
    'nodes-unhealthy': 'more nodes than max-unhealthy are unusable or failed their start task, also after a second chance',
    'nodes-stuck': 'more nodes than max-unhealthy neither became ready nor failed within node-timeout',
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
    constructor(reason, message, wayOut, cause, details = []) {
        super(message, cause === undefined ? undefined : { cause });
        this.name = 'RunError';
        this.reason = reason;
        this.wayOut = wayOut;
        this.details = details;
    }
    thatRepeats(repetition) {
        if (repetition !== undefined)
            this.repetition = repetition;
        return this;
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

/***/ 61368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ remedyOf),
/* harmony export */   a: () => (/* binding */ resizeMeaning)
/* harmony export */ });
/* harmony import */ var _relayed_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87633);
/* harmony import */ var _resize_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(74666);


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
const rowOf = (code) => _resize_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RESIZE_ERRORS */ .VC.find(({ codes }) => codes.some(one => isCode(one, code)));
function allocationFailure({ message = '', details = [] }) {
    const texts = [message, ...details.map(detail => detail.message ?? '')];
    const relayed = texts.flatMap(text => (0,_relayed_error_js__WEBPACK_IMPORTED_MODULE_1__/* .relayedErrors */ .C)(text));
    const codes = [...relayed, ...details].map(({ code = '' }) => code);
    const text = [...texts, ...relayed.map(one => one.message)].join('\n').slice(0, LONGEST);
    const fits = ({ codes: known, says }) => known.some(one => codes.some(code => isCode(one, code))) || (says?.test(text) ?? false);
    return _resize_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ALLOCATION_FAILURES */ .dL.find(fits);
}
function unknownWayOut({ code }) {
    return `this action doesn’t know this "${code}", and does not retry it: see what its details mind (image, size, disks, network, quota)`;
}


/***/ }),

/***/ 74666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VC: () => (/* binding */ RESIZE_ERRORS),
/* harmony export */   bl: () => (/* binding */ MORE_CAPACITY),
/* harmony export */   dL: () => (/* binding */ ALLOCATION_FAILURES)
/* harmony export */ });
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


/***/ }),

/***/ 71710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ targetOf),
/* harmony export */   b: () => (/* binding */ changesAzure)
/* harmony export */ });
function targetOf(step) {
    if ('vmId' in step)
        return step.vmId;
    if ('snapshotId' in step)
        return step.snapshotId;
    if ('versionId' in step)
        return step.versionId;
    if ('galleryImageId' in step)
        return step.galleryImageId;
    return 'imageId' in step ? step.imageId : step.poolId;
}
const READS = new Set([
    'verify-vm-stopped',
    'await-snapshot',
    'await-image-version',
    'settle-image-version',
    'await-image-regions',
    'await-managed-image',
    'verify-nodes'
]);
function changesAzure({ kind }) {
    return !READS.has(kind);
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
/* harmony import */ var _step_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71710);



function toUndoOf({ cloud, signIn, pollIntervalMs }, plan, { nonce }) {
    const starts = plan.steps.find(({ kind }) => kind === 'start-vm');
    const changesPool = plan.steps.some(step => 'poolId' in step && (0,_step_js__WEBPACK_IMPORTED_MODULE_0__/* .changesAzure */ .b)(step));
    const { pool } = plan;
    if (starts?.kind !== 'start-vm' && !(changesPool && pool !== undefined))
        return undefined;
    return {
        nonce,
        cloud,
        signIn,
        pollIntervalMs,
        ...(starts?.kind === 'start-vm' ? { vmId: starts.vmId } : {}),
        ...(changesPool && pool !== undefined ? { pool: { poolId: pool.poolId, apiVersion: pool.apiVersion } } : {})
    };
}
function readToUndo(text) {
    const value = parsed(text);
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(value))
        return undefined;
    const { nonce, cloud, signIn, pollIntervalMs, vmId, pool } = value;
    const isWhole = typeof nonce === 'string' &&
        typeof pollIntervalMs === 'number' &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(cloud) &&
        (cloud['kind'] === 'named' || (cloud['kind'] === 'resource-manager' && /^https:/.test(String(cloud['url'])))) &&
        (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(signIn) &&
        (signIn['kind'] === 'default' || signIn['kind'] === 'github-oidc') &&
        (vmId === undefined || isIdOf(vmId, 'Microsoft.Compute/virtualMachines')) &&
        (pool === undefined || isPool(pool));
    return isWhole ? value : undefined;
}
function isPool(pool) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(pool))
        return false;
    const { poolId, apiVersion } = pool;
    return ((apiVersion === '2025-06-01' || apiVersion === '2019-08-01') &&
        isIdOf(poolId, 'Microsoft.Batch/batchAccounts/pools'));
}
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

/***/ 47291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nh: () => (/* binding */ nodesOf),
/* harmony export */   QR: () => (/* binding */ targetsOf),
/* harmony export */   kA: () => (/* binding */ ask)
/* harmony export */ });
/* harmony import */ var _wave_targets_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(30446);

function nodesOf(pool) {
    return { dedicated: pool.currentDedicatedNodes, lowPriority: pool.currentLowPriorityNodes };
}
const targetsOf = (scale) => ({
    dedicated: scale.targetDedicatedNodes,
    lowPriority: scale.targetLowPriorityNodes
});
function ask(pool, target, reason, { attempt, chances, hadChance, isDenied } = { attempt: 1 }) {
    const has = nodesOf(pool);
    const formerStartTime = pool.resize?.startTime;
    const since = {
        attempt,
        had: has,
        ...(formerStartTime === undefined ? {} : { formerStartTime }),
        ...(chances === undefined ? {} : { chances }),
        ...(hadChance === undefined ? {} : { hadChance }),
        ...(isDenied === undefined ? {} : { isDenied })
    };
    if (pool.scale.kind === 'fixed' && (0,_wave_targets_js__WEBPACK_IMPORTED_MODULE_0__/* .sameTargets */ .nu)(targetsOf(pool.scale), target)) {
        return {
            kind: 'resize',
            progress: { target: has, then: target, ...since },
            reason: `${reason}, by way of ${(0,_wave_targets_js__WEBPACK_IMPORTED_MODULE_0__/* .describeTargets */ .Eg)(has)}`
        };
    }
    return { kind: 'resize', progress: { target, ...since }, reason };
}


/***/ }),

/***/ 15181:
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

/***/ 29856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ay: () => (/* binding */ managedImageFromVmBody),
/* harmony export */   F5: () => (/* binding */ shapeOf),
/* harmony export */   P: () => (/* binding */ managedImageBody),
/* harmony export */   XC: () => (/* binding */ planOf),
/* harmony export */   at: () => (/* binding */ galleryImageBody),
/* harmony export */   df: () => (/* binding */ describePlan),
/* harmony export */   f7: () => (/* binding */ snapshotBody),
/* harmony export */   o4: () => (/* binding */ imageVersionBody)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51736);
/* harmony import */ var _security_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48066);


function snapshotBody(disk, location, tags) {
    return {
        location,
        tags,
        sku: { name: 'Standard_LRS' },
        properties: {
            creationData: { createOption: 'Copy', sourceResourceId: disk.diskId },
            incremental: true,
            networkAccessPolicy: 'DenyAll',
            publicNetworkAccess: 'Disabled'
        }
    };
}
function galleryImageBody(galleryImageId, source, { location, tags }) {
    const { hyperVGeneration, architecture } = shapeOf(source);
    const plan = planOf(source);
    return {
        location,
        tags,
        properties: {
            osType: source.osType,
            osState: 'Generalized',
            hyperVGeneration,
            architecture,
            identifier: { publisher: 'batch-image-rollout', offer: source.osType, sku: (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(galleryImageId) },
            ...(plan === undefined ? {} : { purchasePlan: { ...plan } }),
            features: [{ name: 'SecurityType', value: (0,_security_js__WEBPACK_IMPORTED_MODULE_0__/* .securityTypeOf */ .cq)(source) }]
        }
    };
}
function shapeOf(source) {
    const { disk } = source.osDisk;
    return { hyperVGeneration: disk?.hyperVGeneration ?? 'V1', architecture: disk?.architecture ?? 'x64' };
}
function planOf({ plan, osDisk }) {
    return plan ?? osDisk.disk?.purchasePlan;
}
const describePlan = ({ publisher, product, name }) => [publisher, product, name].join(':');
function imageVersionBody({ source, disks, regions, replicationMode, excludeFromLatest, tags }) {
    const os = disks.find(disk => disk.lun === undefined);
    const data = disks.filter(disk => disk.lun !== undefined);
    const encryption = (0,_security_js__WEBPACK_IMPORTED_MODULE_0__/* .regionEncryption */ .um)(source);
    return {
        location: source.location,
        tags,
        properties: {
            publishingProfile: {
                targetRegions: regions.map(({ region, replicas }) => ({
                    name: region,
                    regionalReplicaCount: replicas,
                    ...(encryption === undefined ? {} : { encryption })
                })),
                replicationMode,
                excludeFromLatest
            },
            storageProfile: {
                ...(os === undefined ? {} : { osDiskImage: { hostCaching: os.caching, source: { id: os.snapshotId } } }),
                ...(data.length === 0
                    ? {}
                    : {
                        dataDiskImages: data.map(({ lun, caching, snapshotId }) => ({
                            lun: lun ?? 0,
                            hostCaching: caching,
                            source: { id: snapshotId }
                        }))
                    })
            }
        }
    };
}
function managedImageBody(source, disks, tags) {
    const os = disks.find(disk => disk.lun === undefined);
    const data = disks.filter(disk => disk.lun !== undefined);
    return {
        location: source.location,
        tags,
        properties: {
            hyperVGeneration: shapeOf(source).hyperVGeneration,
            storageProfile: {
                osDisk: {
                    osType: source.osType,
                    osState: 'Generalized',
                    caching: os?.caching ?? 'ReadWrite',
                    snapshot: { id: os?.snapshotId ?? '' }
                },
                dataDisks: data.map(({ lun, caching, snapshotId }) => ({
                    lun: lun ?? 0,
                    caching,
                    snapshot: { id: snapshotId }
                }))
            }
        }
    };
}
function managedImageFromVmBody(source, tags) {
    return {
        location: source.location,
        tags,
        properties: {
            hyperVGeneration: shapeOf(source).hyperVGeneration,
            sourceVirtualMachine: { id: source.vmId }
        }
    };
}


/***/ }),

/***/ 35984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BA: () => (/* binding */ heldMessage),
/* harmony export */   NG: () => (/* binding */ isOfRun),
/* harmony export */   j8: () => (/* binding */ withLeaseTag),
/* harmony export */   m8: () => (/* binding */ leaseOf),
/* harmony export */   n7: () => (/* binding */ leaseOfTags),
/* harmony export */   oi: () => (/* binding */ leaseState),
/* harmony export */   pS: () => (/* binding */ withLease),
/* harmony export */   sG: () => (/* binding */ describeHolder)
/* harmony export */ });
/* harmony import */ var _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58070);

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
    const others = metadata.filter(({ name }) => name !== _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY);
    return until === undefined ? others : [...others, { name: _pool_metadata_js__WEBPACK_IMPORTED_MODULE_0__/* .LEASE_ITEM */ .VY, value: leaseText(context, until) }];
}
function leaseText({ repository, runId, runAttempt, nonce }, until) {
    const lease = { repository, runId, runAttempt, nonce, until: new Date(until).toISOString() };
    return JSON.stringify(lease);
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

/***/ 49473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CW: () => (/* binding */ imageDisks),
/* harmony export */   jx: () => (/* binding */ madeTags),
/* harmony export */   vz: () => (/* binding */ sourceOf)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64050);
/* harmony import */ var _node_agent_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(11336);
/* harmony import */ var _run_tags_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49413);




function sourceOf({ situation }) {
    const { source } = situation.observed;
    if (source === undefined)
        throw new Error('internal error: an image is planned without a source');
    return source;
}
function imageDisks(situation) {
    const { spec, key = '', observed } = situation;
    const { source } = observed;
    if (spec.image === undefined || source === undefined)
        return [];
    const { dataDisks, publishTo, workResourceGroup, sourceVmId } = spec.image;
    const stem = publishTo.kind === 'gallery'
        ? `${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(publishTo.galleryImageId)}-${situation.version?.version ?? publishTo.version}`
        : (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(publishTo.imageId);
    const group = workResourceGroup ?? (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .resourceGroupOf */ .Tp)(sourceVmId);
    const idOf = (role) => (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .armId */ .Kk)((0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .subscriptionOf */ .XD)(sourceVmId), group, 'Microsoft.Compute/snapshots', snapshotName(stem, `${key.slice(0, 8)}-${role}`));
    const chosen = source.dataDisks.filter(({ lun }) => dataDisks === 'all' || (Array.isArray(dataDisks) && dataDisks.includes(lun)));
    return [{ ...source.osDisk, role: 'os' }, ...chosen.map(disk => ({ ...disk, role: `lun${disk.lun}` }))].flatMap(disk => disk.diskId === undefined
        ? []
        : [
            {
                role: disk.role,
                ...('lun' in disk ? { lun: disk.lun } : {}),
                diskId: disk.diskId,
                caching: disk.caching,
                snapshotId: idOf(disk.role)
            }
        ]);
}
function snapshotName(stem, rest) {
    const room = 80 - rest.length - 1;
    return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${(0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .V)(stem, 8)}`}-${rest}`;
}
function madeTags({ situation, image, key }, state, { keep } = {}) {
    const { observed, context, spec, version } = situation;
    const baseImage = (0,_node_agent_js__WEBPACK_IMPORTED_MODULE_1__/* .baseImageOf */ .IP)(observed);
    return (0,_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .tagsFor */ .Nj)({
        key,
        source: image.sourceVmId,
        ...(state === undefined ? {} : { state }),
        ...(keep === undefined ? {} : { keep }),
        ...(version === undefined ? {} : { version: version.version }),
        ...(baseImage === undefined ? {} : { baseImage: (0,_node_agent_js__WEBPACK_IMPORTED_MODULE_1__/* .describeBaseImage */ .w4)(baseImage) })
    }, context, spec.tags);
}


/***/ }),

/***/ 11336:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IP: () => (/* binding */ baseImageOf),
/* harmony export */   VW: () => (/* binding */ chooseNodeAgent),
/* harmony export */   w4: () => (/* binding */ describeBaseImage),
/* harmony export */   wh: () => (/* binding */ virtualMachineConfigurationOf)
/* harmony export */ });
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29598);
/* harmony import */ var _run_tags_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49413);


function chooseNodeAgent(rollout, observed) {
    const baseImage = baseImageOf(observed);
    const written = virtualMachineConfigurationOf(rollout.pool.properties)?.nodeAgentSkuId;
    const known = typeof written === 'string' ? written : undefined;
    const present = virtualMachineConfigurationOf(observed.pool?.body.properties)?.nodeAgentSkuId;
    const there = typeof present === 'string' ? present : undefined;
    const supported = baseImage === undefined ? undefined : supportedImageFor(baseImage, observed.supportedImages, known ?? there);
    const about = { ...(baseImage === undefined ? {} : { baseImage }), ...(supported === undefined ? {} : { supported }) };
    if (known !== undefined)
        return { ...about, nodeAgentSkuId: known, from: 'spec' };
    if (supported !== undefined)
        return { ...about, nodeAgentSkuId: supported.nodeAgentSkuId, from: 'base image' };
    if (there !== undefined)
        return { ...about, nodeAgentSkuId: there, from: 'pool' };
    return { ...about, from: 'nowhere' };
}
function baseImageOf({ source, rolloutVersion, managedImage }) {
    const reference = source?.imageReference;
    if (reference !== undefined) {
        const { publisher, offer, sku } = reference;
        return publisher && offer && sku ? { publisher, offer, sku } : undefined;
    }
    const tag = (rolloutVersion ?? managedImage)?.tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_0__/* .TAG */ .Dk.baseImage];
    const [publisher, offer, sku] = tag?.split(':') ?? [];
    return publisher && offer && sku ? { publisher, offer, sku } : undefined;
}
const describeBaseImage = ({ publisher, offer, sku }) => `${publisher}:${offer}:${sku}`;
function supportedImageFor(base, images, agent) {
    const same = (a, b) => a.toLowerCase() === b.toLowerCase();
    const rank = (image) => [image.nodeAgentSkuId === agent, image.verified].map(Number).join('') + (image.batchSupportEndOfLife ?? '9999');
    return images
        .filter(({ publisher, offer, sku }) => same(publisher, base.publisher) && same(offer, base.offer) && same(sku, base.sku))
        .toSorted((a, b) => rank(b).localeCompare(rank(a)))[0];
}
function virtualMachineConfigurationOf(properties) {
    const deployment = (0,_model_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(properties) ? properties.deploymentConfiguration : undefined;
    const vm = (0,_model_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(deployment) ? deployment.virtualMachineConfiguration : undefined;
    return (0,_model_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(vm) ? vm : undefined;
}


/***/ }),

/***/ 11787:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KZ: () => (/* binding */ apartVerdict),
/* harmony export */   g4: () => (/* binding */ tallyNodes),
/* harmony export */   u7: () => (/* binding */ judgeHealth),
/* harmony export */   xQ: () => (/* binding */ allowedUnhealthy)
/* harmony export */ });
/* harmony import */ var _model_node_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62976);
/* harmony import */ var _describe_nodes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(15181);


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


/***/ }),

/***/ 58070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FZ: () => (/* binding */ failedItem),
/* harmony export */   Gt: () => (/* binding */ changedMetadata),
/* harmony export */   Lw: () => (/* binding */ keptImageId),
/* harmony export */   Mh: () => (/* binding */ withFormer),
/* harmony export */   Mm: () => (/* binding */ specChange),
/* harmony export */   O5: () => (/* binding */ specItems),
/* harmony export */   Pc: () => (/* binding */ UNMADE_ITEM),
/* harmony export */   Qr: () => (/* binding */ hasRunNote),
/* harmony export */   Sl: () => (/* binding */ hasFailedNote),
/* harmony export */   Tx: () => (/* binding */ keptScale),
/* harmony export */   VY: () => (/* binding */ LEASE_ITEM),
/* harmony export */   XG: () => (/* binding */ NO_CHANGE),
/* harmony export */   Yq: () => (/* binding */ withRun),
/* harmony export */   bL: () => (/* binding */ foreignItems),
/* harmony export */   cp: () => (/* binding */ NOTHING_OF_OURS),
/* harmony export */   hL: () => (/* binding */ isUnmade),
/* harmony export */   nb: () => (/* binding */ runItem),
/* harmony export */   w$: () => (/* binding */ unmadeItem),
/* harmony export */   w6: () => (/* binding */ hasFormerNote)
/* harmony export */ });
/* unused harmony export FAILED_ITEM */
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51736);
/* harmony import */ var _model_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29598);
/* harmony import */ var _shared_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(64050);



const RUN_ITEM = 'batch-image-rollout';
const FORMER_ITEM = 'batch-image-rollout-former';
const UNMADE_ITEM = 'batch-image-rollout-unmade';
const FAILED_ITEM = 'batch-image-rollout-failed';
const LEASE_ITEM = 'batch-image-rollout-lease';
const OURS = [RUN_ITEM, FORMER_ITEM, UNMADE_ITEM, FAILED_ITEM, LEASE_ITEM];
const isOurs = ({ name }) => OURS.includes(name);
function foreignItems(metadata) {
    return metadata.filter(item => !isOurs(item));
}
function specItems(properties) {
    const { metadata } = properties;
    if (!Array.isArray(metadata))
        return undefined;
    return metadata.filter(_model_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW).map(item => ({ name: String(item.name), value: String(item.value) }));
}
function changedMetadata(metadata, { set, remove }) {
    const gone = new Set([...remove, ...set.map(({ name }) => name)]);
    return [...metadata.filter(({ name }) => !gone.has(name)), ...set];
}
function hasRunNote(metadata) {
    return metadata.some(({ name }) => name === RUN_ITEM);
}
function hasFormerNote(metadata) {
    return keptFormer(metadata) !== undefined;
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
function withRun(change, context) {
    return { set: [...change.set, runItem(context)], remove: [...change.remove, FORMER_ITEM, FAILED_ITEM] };
}
function withFormer(change, former, context) {
    const { scale, imageId } = former;
    const value = JSON.stringify({ ...scale, ...(imageId === undefined ? {} : { imageId }) });
    return { set: [...change.set, runItem(context), { name: FORMER_ITEM, value }], remove: change.remove };
}
const NO_CHANGE = { set: [], remove: [] };
const NOTHING_OF_OURS = { set: [], remove: [RUN_ITEM, FORMER_ITEM, LEASE_ITEM] };
function runItem({ repository, runId, commit }) {
    return { name: RUN_ITEM, value: `${repository} run ${runId} commit ${commit}` };
}
function failedItem({ imageId }) {
    return imageId === undefined ? [] : [{ name: FAILED_ITEM, value: imageId }];
}
function hasFailedNote({ metadata, imageId }) {
    const note = metadata.find(({ name }) => name === FAILED_ITEM)?.value;
    return note !== undefined && imageId !== undefined && (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_2__/* .sameId */ .s)(note, imageId);
}
function unmadeItem(rows) {
    return { name: UNMADE_ITEM, value: JSON.stringify(rows.map(row => [row.path, digestOf(row)])) };
}
const digestOf = ({ wanted }) => (0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .V)(JSON.stringify(wanted ?? null), 8);
function isUnmade(metadata, row) {
    const note = metadata.find(({ name }) => name === UNMADE_ITEM)?.value;
    return note?.includes(JSON.stringify([row.path, digestOf(row)])) === true;
}
function keptScale(pool) {
    const kept = keptFormer(pool.metadata);
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
function keptImageId(metadata) {
    return keptFormer(metadata)?.imageId;
}
function keptFormer(metadata) {
    const kept = metadata.find(({ name }) => name === FORMER_ITEM);
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

/***/ 49413:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CY: () => (/* binding */ mayTakeUp),
/* harmony export */   Dk: () => (/* binding */ TAG),
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
    return (0,_shared_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .shortDigest */ .V)([image.sourceVmId, disks, ...target, ...stopped].join('\n').toLowerCase(), 16);
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
    return tags[TAG.state] === 'open' || isOfRun(tags, context);
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

/***/ 48066:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rr: () => (/* binding */ hasCustomersKey),
/* harmony export */   cq: () => (/* binding */ securityTypeOf),
/* harmony export */   um: () => (/* binding */ regionEncryption)
/* harmony export */ });
function securityTypeOf({ securityType, osDisk }) {
    const text = securityType ?? osDisk.disk?.securityType ?? '';
    if (/^trustedlaunch/i.test(text))
        return 'TrustedLaunch';
    return /^confidentialvm/i.test(text) ? 'ConfidentialVM' : 'Standard';
}
const ENCRYPTIONS = {
    confidentialvm_vmgueststateonlyencryptedwithplatformkey: 'EncryptedVMGuestStateOnlyWithPmk',
    confidentialvm_diskencryptedwithplatformkey: 'EncryptedWithPmk',
    confidentialvm_nonpersistedtpm: 'NonPersistedTPM'
};
function hasCustomersKey({ osDisk }) {
    return /CustomerKey$/i.test(osDisk.disk?.securityType ?? '');
}
function regionEncryption(source) {
    const type = ENCRYPTIONS[source.osDisk.disk?.securityType?.toLowerCase() ?? ''];
    return securityTypeOf(source) !== 'ConfidentialVM' || type === undefined
        ? undefined
        : { osDiskImage: { securityProfile: { confidentialVMEncryptionType: type } } };
}


/***/ }),

/***/ 47675:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BB: () => (/* binding */ deleteSnapshots),
/* harmony export */   O6: () => (/* binding */ takesSnapshots),
/* harmony export */   Qt: () => (/* binding */ snapshotIdsOf),
/* harmony export */   oj: () => (/* binding */ snapshotSteps)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _image_body_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(29856);
/* harmony import */ var _making_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49473);
/* harmony import */ var _run_tags_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(49413);




function snapshotSteps(making, { after, anew }) {
    const { situation } = making;
    const source = (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceOf */ .vz)(making);
    const { publishTo } = making.image;
    const own = (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .madeTags */ .jx)(making, 'open', publishTo.kind === 'gallery' ? { keep: publishTo.keepSnapshots } : {});
    return (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDisks */ .CW)(situation).flatMap((disk) => {
        const { snapshotId, role } = disk;
        const there = snapshotOf(situation, disk);
        const clear = anew && there !== undefined
            ? [
                {
                    id: `clear-snapshot-${role}`,
                    kind: 'delete-snapshot',
                    after: [],
                    title: `delete snapshot ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(snapshotId)}`,
                    reason: 'the VM has run since; all disks are to be of one moment',
                    snapshotId
                }
            ]
            : [];
        const head = { id: `snapshot-${role}`, after: [...after, ...clear.map(({ id }) => id)] };
        if (isUnderWay(there) && clear.length === 0) {
            const begun = there.timeCreated === undefined ? '' : ` at ${there.timeCreated.slice(0, 16)}`;
            const title = `take up snapshot ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(snapshotId)}`;
            return [
                { ...head, kind: 'await-snapshot', title, reason: `${(0,_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .originOf */ .yv)(there.tags)} had begun it${begun}`, snapshotId }
            ];
        }
        return [
            ...clear,
            {
                ...head,
                kind: 'create-snapshot',
                title: `snapshot ${role === 'os' ? 'OS disk' : `data disk ${role.slice(3)}`} ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(disk.diskId)}`,
                reason: isUnderWay(there) || there === undefined ? 'the image is made from it' : 'an earlier attempt failed',
                snapshotId,
                body: (0,_image_body_js__WEBPACK_IMPORTED_MODULE_0__/* .snapshotBody */ .f7)(disk, source.location, own)
            }
        ];
    });
}
function snapshotOf({ observed }, { snapshotId }) {
    return observed.snapshots.find(snapshot => (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .sameId */ .s)(snapshot.snapshotId, snapshotId));
}
const isUnderWay = (snapshot) => snapshot !== undefined && snapshot.provisioningState !== 'Failed';
function takesSnapshots(situation) {
    return (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDisks */ .CW)(situation).some(disk => !isUnderWay(snapshotOf(situation, disk)));
}
function deleteSnapshots(making, { after, begun }) {
    const { situation } = making;
    const planned = situation.whole ? [] : (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDisks */ .CW)(situation).map(({ snapshotId }) => snapshotId);
    const there = madeFor(making).map(({ snapshotId }) => snapshotId);
    const ids = [...planned, ...there.filter(id => !planned.some(other => (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .sameId */ .s)(other, id)))];
    return [
        ...ids.map(snapshotId => dropStep({ snapshotId, id: roleOf(snapshotId), after }, 'the image version holds its own copy')),
        ...leftBefore(making).map(({ snapshotId, tags }) => dropStep({ snapshotId, id: `${tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.version]}-${roleOf(snapshotId)}`, after: begun }, `${(0,_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .originOf */ .yv)(tags)} left it, and its image version holds its own copy`))
    ];
}
const roleOf = (id) => (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(id).split('-').at(-1) ?? '';
function dropStep({ snapshotId, id, after }, reason) {
    return {
        id: `drop-snapshot-${id}`,
        kind: 'delete-snapshot',
        after,
        title: `delete snapshot ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(snapshotId)}`,
        reason,
        housekeeping: true,
        snapshotId
    };
}
function leftBefore({ situation: { observed, version }, key }) {
    const isDone = (name) => observed.versions.some(({ versionId, tags, provisioningState }) => (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(versionId) === name &&
        tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.key] === key &&
        (tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.state] === 'complete' || tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.state] === 'failed') &&
        provisioningState !== 'Creating' &&
        provisioningState !== 'Deleting');
    return observed.snapshots.filter(({ tags }) => {
        const name = tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.version];
        const isOurs = tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.key] === key && tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.keep] === 'false';
        return isOurs && name !== undefined && name !== version?.version && isDone(name);
    });
}
function snapshotIdsOf(making) {
    return (making.situation.whole ? madeFor(making) : (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDisks */ .CW)(making.situation)).map(({ snapshotId }) => snapshotId);
}
function madeFor({ situation, key }) {
    const version = situation.version?.version;
    return situation.observed.snapshots.filter(({ tags }) => tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.key] === key && tags[_run_tags_js__WEBPACK_IMPORTED_MODULE_2__/* .TAG */ .Dk.version] === version);
}


/***/ }),

/***/ 23142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J9: () => (/* binding */ sourceSteps),
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   gT: () => (/* binding */ isInMotion),
/* harmony export */   ps: () => (/* binding */ leftStopped)
/* harmony export */ });
/* harmony import */ var _model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51736);
/* harmony import */ var _lease_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35984);
/* harmony import */ var _making_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49473);
/* harmony import */ var _snapshots_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(47675);




function sourceSteps(making, beforeStop = []) {
    const { situation } = making;
    const stop = stopOf(situation);
    if (stop === undefined) {
        const steps = (0,_snapshots_js__WEBPACK_IMPORTED_MODULE_2__/* .snapshotSteps */ .oj)(making, { after: [], anew: false });
        return { steps, ready: idsOf(steps) };
    }
    const { vmId } = (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .sourceOf */ .vz)(making);
    const vm = (0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(vmId);
    const { startsAgain, isHeld } = stop;
    const stopStep = {
        id: 'stop-vm',
        kind: 'stop-vm',
        after: beforeStop,
        title: `${isHeld ? 'keep' : 'deallocate'} VM ${vm}${isHeld ? ' stopped' : ''}`,
        reason: isHeld ? 'an earlier run stopped it for the same snapshots' : 'so that all disks are of one moment',
        vmId,
        startsAgain
    };
    const snapshots = (0,_snapshots_js__WEBPACK_IMPORTED_MODULE_2__/* .snapshotSteps */ .oj)(making, { after: ['stop-vm'], anew: !isHeld });
    const verify = {
        id: 'verify-vm-stopped',
        kind: 'verify-vm-stopped',
        after: idsOf(snapshots),
        title: `make sure that VM ${vm} is still stopped`,
        reason: 'somebody else may have started it',
        vmId,
        startsAgain,
        snapshotIds: (0,_making_js__WEBPACK_IMPORTED_MODULE_1__/* .imageDisks */ .CW)(situation).map(({ snapshotId }) => snapshotId)
    };
    const start = startsAgain ? startStep(situation, ['verify-vm-stopped']) : [];
    return { steps: [stopStep, ...snapshots, verify, ...start], ready: ['verify-vm-stopped'] };
}
function leftStopped(situation) {
    const { source } = situation.observed;
    if (source === undefined || situation.spec.image?.stopVm !== true)
        return [];
    return isOurs(source, situation) ? startStep(situation, []) : [];
}
function startStep({ observed: { source } }, after) {
    if (source === undefined)
        return [];
    const { vmId } = source;
    return [
        {
            id: 'start-vm',
            kind: 'start-vm',
            after,
            title: `start VM ${(0,_model_arm_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOf */ .Vb)(vmId)} again`,
            reason: after.length > 0 ? 'its snapshots are taken' : 'an earlier run stopped it, and couldn’t start it again',
            vmId
        }
    ];
}
const RESTS = /^(stopped|deallocated)$/i;
const IN_MOTION = /^(starting|stopping|deallocating)$/i;
const RUNS = /^(running|starting)$/i;
function stopOf(situation) {
    const { source } = situation.observed;
    if (source === undefined || situation.spec.image?.stopVm !== true || source.generalized)
        return undefined;
    const { powerState = 'running' } = source;
    const ours = isOurs(source, situation);
    if (RESTS.test(powerState) && !ours)
        return undefined;
    if (!(0,_snapshots_js__WEBPACK_IMPORTED_MODULE_2__/* .takesSnapshots */ .O6)(situation) && !ours)
        return undefined;
    return { startsAgain: ours || RUNS.test(powerState), isHeld: ours && /^deallocated$/i.test(powerState) };
}
const isInMotion = ({ powerState = '' }) => IN_MOTION.test(powerState);
function isOurs(source, { context, observed }) {
    return ['earlier-attempt', 'ran-out', 'mine'].includes(stateOf(source, context, observed.at));
}
function stateOf({ tags, readAt }, context, now) {
    return (0,_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseState */ .oi)((0,_lease_js__WEBPACK_IMPORTED_MODULE_0__/* .leaseOfTags */ .n7)(tags), context, readAt ?? now);
}
const idsOf = (steps) => steps.map(({ id }) => id);


/***/ }),

/***/ 30446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eg: () => (/* binding */ describeTargets),
/* harmony export */   GZ: () => (/* binding */ nextTargets),
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


/***/ }),

/***/ 59689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o3: () => (/* binding */ decideWave),
  Uc: () => (/* binding */ describeError),
  Nh: () => (/* reexport */ ask_nodes/* nodesOf */.Nh)
});

// EXTERNAL MODULE: ./build/model/remedy.js
var remedy = __webpack_require__(61368);
// EXTERNAL MODULE: ./build/model/resize-errors.js
var resize_errors = __webpack_require__(74666);
// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
// EXTERNAL MODULE: ./build/plan/ask-nodes.js
var ask_nodes = __webpack_require__(47291);
// EXTERNAL MODULE: ./build/plan/wave-targets.js
var wave_targets = __webpack_require__(30446);
// EXTERNAL MODULE: ./build/plan/nodes.js
var nodes = __webpack_require__(11787);
;// CONCATENATED MODULE: ./build/plan/second-chance.js

const MOST_NODES = 100;
function secondChance({ step, pool, progress, tally }) {
    const { chances = 0, isDenied } = progress;
    if (isDenied === true || pool.scale.kind !== 'fixed' || chances >= 2 * step.repairAttempts)
        return undefined;
    const by = chances % 2 === 0 ? 'reboot' : 'replace';
    const most = by === 'reboot' ? Infinity : Math.min(MOST_NODES, waveOf(step));
    const nodes = tally.bad.slice(0, most).map(({ node }) => node);
    const left = without(pool, nodes);
    if (by === 'replace' && step.hadNodes === true && (0,wave_targets/* totalOf */.e6)(left) === 0)
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
    return waveSize === 'all' ? MOST_NODES : Math.max(waveSize, canaryNodes);
}
function without({ currentDedicatedNodes, currentLowPriorityNodes }, nodes) {
    const dedicated = nodes.filter(({ isDedicated }) => isDedicated).length;
    return {
        dedicated: Math.max(0, currentDedicatedNodes - dedicated),
        lowPriority: Math.max(0, currentLowPriorityNodes - (nodes.length - dedicated))
    };
}
function regrown(step, target, left) {
    return (0,wave_targets/* totalOf */.e6)(left) === 0
        ? (0,wave_targets/* firstTargets */.dI)(step.goal, step.canaryNodes, step.waveSize)
        : (0,wave_targets/* nextTargets */.GZ)(left, target, waveOf(step));
}

;// CONCATENATED MODULE: ./build/plan/wave-verdict.js




function judge(step, view, progress, where) {
    const { pool, nodes: tally, msShort } = view;
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    if ((0,wave_targets/* totalOf */.e6)(has) > 0) {
        if (tally === undefined)
            return { kind: 'look-at-nodes', reason: `${where}; steady` };
        const chance = secondChance({ step, pool, progress, tally });
        const health = (0,nodes/* judgeHealth */.u7)({
            tally,
            expected: (0,wave_targets/* totalOf */.e6)(has),
            msShort,
            outOf: (0,wave_targets/* totalOf */.e6)(progress.target),
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
            return { ...health, kind: 'halt', reason, ...(repeats(step, progress, tally) ? { blamesImage: true } : {}) };
        }
    }
    if ((0,wave_targets/* sameTargets */.nu)(progress.target, step.goal))
        return { kind: 'done', reason: `${where}, healthy` };
    const target = (0,wave_targets/* isShort */.tQ)(has, step.goal) ? wave(step, has) : step.goal;
    return (0,ask_nodes/* ask */.kA)(pool, target, `${where} healthy; next wave to ${(0,wave_targets/* describeTargets */.Eg)(target)}`);
}
function repeats(step, { hadChance, target }, { against, healthy }) {
    const tooMany = against > (0,nodes/* allowedUnhealthy */.xQ)(step.maxUnhealthy, (0,wave_targets/* totalOf */.e6)(target));
    return hadChance === true && against > 0 && (tooMany || healthy === 0);
}
function another(step, { pool, tally }, progress, where) {
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    const more = Math.min(tally.apart, step.waveSize === 'all' ? tally.apart : step.waveSize);
    const target = (0,wave_targets/* nextTargets */.GZ)(has, step.goal, more);
    if (!(0,wave_targets/* sameTargets */.nu)(target, has)) {
        return (0,ask_nodes/* ask */.kA)(pool, target, `${where}; ${tally.states}: on to ${(0,wave_targets/* describeTargets */.Eg)(target)}`, progress);
    }
    if ((tally.preemptedMs ?? Infinity) <= step.nodeTimeoutMs) {
        return { kind: 'wait', reason: `${where}; ${tally.states}: Batch may bring them back` };
    }
    const verdict = (0,nodes/* apartVerdict */.KZ)(tally, step.nodeTimeoutMs);
    return { kind: 'halt', ...verdict, reason: `${where}; ${verdict.reason}` };
}
function wave(step, from) {
    return (0,wave_targets/* nextTargets */.GZ)(from, step.goal, step.waveSize === 'all' ? (0,wave_targets/* totalOf */.e6)(step.goal) : step.waveSize);
}

;// CONCATENATED MODULE: ./build/plan/wave.js







const LEAST_BETWEEN_ATTEMPTS_MS = 5 * 60_000;
function decideWave(step, view, progress) {
    const { pool } = view;
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    const where = (0,wave_targets/* describeProgress */.vk)(has, step.goal);
    if (pool.allocationState !== 'Steady')
        return { kind: 'wait', reason: `${where}; the pool is ${pool.allocationState}` };
    if (progress === undefined)
        return begin(step, view, where);
    const overruled = progress.isReplacing === true ? undefined : overruledBy(pool, progress.found ?? progress.target);
    if (overruled !== undefined)
        return overruled;
    if (progress.then !== undefined) {
        return (0,ask_nodes/* ask */.kA)(pool, progress.then, `${where}; now to ${(0,wave_targets/* describeTargets */.Eg)(progress.then)}`, progress);
    }
    return (0,wave_targets/* sameTargets */.nu)(has, progress.target) ? judge(step, view, progress, where) : again(step, view, progress, where);
}
function begin(step, view, where) {
    const { pool } = view;
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    if ((0,wave_targets/* totalOf */.e6)(has) === 0 && (0,wave_targets/* totalOf */.e6)(step.goal) > 0) {
        const target = (0,wave_targets/* firstTargets */.dI)(step.goal, step.canaryNodes, step.waveSize);
        return (0,ask_nodes/* ask */.kA)(pool, target, `${where}; first wave to ${(0,wave_targets/* describeTargets */.Eg)(target)}`);
    }
    if (!(0,wave_targets/* isShort */.tQ)(has, step.goal) && (0,wave_targets/* isShort */.tQ)(step.goal, has)) {
        return (0,ask_nodes/* ask */.kA)(pool, step.goal, `${where}; the pool gets smaller`);
    }
    const asked = pool.scale.kind === 'fixed' && (0,wave_targets/* sameTargets */.nu)((0,ask_nodes/* targetsOf */.QR)(pool.scale), has);
    if ((0,wave_targets/* sameTargets */.nu)(has, step.goal) && !asked)
        return (0,ask_nodes/* ask */.kA)(pool, step.goal, `${where}; to be held as a fixed scale`);
    const found = pool.scale.kind === 'fixed' ? { found: (0,ask_nodes/* targetsOf */.QR)(pool.scale) } : {};
    return judge(step, view, { target: has, attempt: 1, had: has, ...found }, where);
}
function overruledBy({ scale }, target) {
    if (scale.kind === 'fixed' && (0,wave_targets/* sameTargets */.nu)((0,ask_nodes/* targetsOf */.QR)(scale), target))
        return undefined;
    const now = scale.kind === 'auto' ? 'an autoscale formula' : (0,wave_targets/* describeTargets */.Eg)((0,ask_nodes/* targetsOf */.QR)(scale));
    return {
        kind: 'halt',
        failure: 'pool-changed',
        reason: `this run asked for ${(0,wave_targets/* describeTargets */.Eg)(target)}, and the pool now has ${now}`,
        wayOut: 'find out who else resizes the pool, then run again'
    };
}
function again(step, { pool, msSinceAsked }, progress, where) {
    const errors = isOwnResize(pool, progress) ? (pool.resize?.errors ?? []) : [];
    const cause = errors.map(error => error.code).join(', ') || 'no resize error';
    const stopping = errors
        .map(error => ({ error, meaning: (0,remedy/* resizeMeaning */.a)(error) }))
        .find(({ meaning }) => meaning.remedy !== 'retry');
    if (stopping !== undefined) {
        const { reason: failure, repetition, wayOut } = stopping.meaning;
        return { kind: 'halt', failure, repetition, wayOut, reason: `${where}; ${describeError(stopping.error)}` };
    }
    const has = (0,ask_nodes/* nodesOf */.Nh)(pool);
    const gained = distance(has, progress.target) < distance(progress.had, progress.target);
    if (!gained && progress.attempt >= step.resizeAttempts) {
        return {
            kind: 'halt',
            failure: 'allocation-failed',
            reason: `${where}; ${cause} after ${progress.attempt} ${progress.attempt === 1 ? 'attempt' : 'attempts'} without progress`,
            repetition: 'helps',
            wayOut: resize_errors/* MORE_CAPACITY */.bl
        };
    }
    if (!gained && msSinceAsked < LEAST_BETWEEN_ATTEMPTS_MS) {
        const minutes = LEAST_BETWEEN_ATTEMPTS_MS / 60_000;
        return { kind: 'wait', reason: `${where}; ${cause}: asked for again ${minutes} minutes after the last attempt` };
    }
    const attempt = gained ? 1 : progress.attempt + 1;
    const which = gained ? 'again, as it came nearer' : `attempt ${attempt} of ${step.resizeAttempts}`;
    return (0,ask_nodes/* ask */.kA)(pool, progress.target, `${where}; ${which}, at ${(0,wave_targets/* describeTargets */.Eg)(progress.target)} after ${cause}`, {
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


/***/ }),

/***/ 60724:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ readTextFile)
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

// UNUSED EXPORTS: HIDDEN

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


/***/ })

};
