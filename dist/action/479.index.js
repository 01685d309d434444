export const id = 479;
export const ids = [479];
export const modules = {

/***/ 59479:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _azure_sign_in_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40555);
/* harmony import */ var _read_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60724);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26786);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31612);
/* harmony import */ var _runner_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(75232);
/* harmony import */ var _runner_state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(788);
/* harmony import */ var _shared_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(89853);







(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .quietSdks */ .s8)();
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .outliveTheLog */ .Mw)();
const cancel = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK']) {
    process.once(signal, () => cancel.abort(new _model_failure_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4({
        reason: 'cancelled',
        message: `the run was cancelled (${signal})`,
        wayOut: 'run it again with the same inputs'
    })));
}
const journalFile = () => (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .tempFile */ .hM)('journal.jsonl');
orWarn('the post step won’t know of this run', () => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.journal, journalFile()));
const ended = await (0,_run_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .e)({
    readInput: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .readInput */ .R5,
    env: process.env,
    readText: _read_text_js__WEBPACK_IMPORTED_MODULE_1__/* .readTextFile */ .G,
    glob: _read_text_js__WEBPACK_IMPORTED_MODULE_1__/* .filesOf */ .R,
    clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm,
    context: (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .runContext */ .pO)(process.env),
    random: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .random */ .yT,
    getIdToken: audience => (0,_azure_sign_in_github_id_token_js__WEBPACK_IMPORTED_MODULE_0__/* .requestIdToken */ .g)({ env: process.env, clock: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .clock */ .pm }, audience),
    journal: (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .journalAt */ .hy)(journalFile),
    log: { ..._runner_js__WEBPACK_IMPORTED_MODULE_4__/* .log */ .Rm, annotate: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz },
    writePlan: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .writePlan */ .pD,
    saveToUndo: toUndo => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.undo, JSON.stringify(toUndo)),
    setOutputs: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .setOutputs */ .n0,
    writeSummary: _runner_js__WEBPACK_IMPORTED_MODULE_4__/* .writeSummary */ .Sy
}, cancel.signal);
orWarn('the post step won’t know how this run ended', () => (0,_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(_runner_state_js__WEBPACK_IMPORTED_MODULE_5__/* .STATE */ .c4.ended, ended));
(0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .exitWhenWritten */ .uK)(ended === 'succeeded' ? 0 : 1);
function orWarn(so, write) {
    try {
        write();
    }
    catch (error) {
        (0,_runner_js__WEBPACK_IMPORTED_MODULE_4__/* .annotate */ .fz)({ level: 'warning', title: 'the runner’s files', message: `${so}: ${(0,_shared_text_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)}` });
    }
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 86328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ versionIdOf),
/* harmony export */   h: () => (/* binding */ namedByPool)
/* harmony export */ });
/* harmony import */ var _arm_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51736);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29598);


function namedByPool({ properties, identity }) {
    const network = objectAt(properties, 'networkConfiguration');
    const vm = objectAt(objectAt(properties, 'deploymentConfiguration'), 'virtualMachineConfiguration');
    const disks = [objectAt(vm, 'osDisk'), ...listAt(vm, 'dataDisks')].map(disk => objectAt(disk, 'managedDisk'));
    const sets = disks.flatMap(disk => [disk, objectAt(disk, 'securityProfile')]);
    const { subnetId } = network;
    return {
        ...(isIdOf(subnetId, 'Microsoft.Network/virtualNetworks/subnets') ? { subnetId } : {}),
        identityIds: Object.keys(objectAt(identity ?? {}, 'userAssignedIdentities')).filter(id => (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(id, 'Microsoft.ManagedIdentity/userAssignedIdentities')),
        packages: listAt(properties, 'applicationPackages').flatMap(packageOf),
        publicIPIds: [
            ...textsAt(objectAt(network, 'publicIPAddressConfiguration'), 'ipAddressIds'),
            ...textsAt(network, 'publicIPs')
        ].filter(id => (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(id, 'Microsoft.Network/publicIPAddresses')),
        encryptionSetIds: unique(sets
            .map(one => objectAt(one, 'diskEncryptionSet').id)
            .filter(id => isIdOf(id, 'Microsoft.Compute/diskEncryptionSets')))
    };
}
function packageOf({ id, version }) {
    const asked = typeof version === 'string' ? { version } : {};
    if (isIdOf(id, 'Microsoft.Batch/batchAccounts/applications'))
        return [{ id, ...asked }];
    if (!isIdOf(id, 'Microsoft.Batch/batchAccounts/applications/versions'))
        return [];
    return [{ id: (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .parentId */ .A1)(id), version: id.split('/').at(-1) ?? '', ...asked }];
}
function versionIdOf({ id, version }) {
    return version === undefined ? undefined : (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .childId */ ._U)(id, 'versions', version);
}
const objectAt = (value, name) => {
    const found = value[name];
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW)(found) ? found : {};
};
const listAt = (value, name) => {
    const found = value[name];
    return Array.isArray(found) ? found.filter(_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isJsonObject */ .OW) : [];
};
const textsAt = (value, name) => {
    const found = value[name];
    return Array.isArray(found) ? found.filter(text => typeof text === 'string') : [];
};
const isIdOf = (value, type) => typeof value === 'string' && (0,_arm_id_js__WEBPACK_IMPORTED_MODULE_0__/* .isArmIdOf */ .p_)(value, type);
function unique(ids) {
    return [...new Map(ids.map(id => [id.toLowerCase(), id])).values()];
}


/***/ }),

/***/ 26786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./build/model/arm-id.js
var arm_id = __webpack_require__(51736);
;// CONCATENATED MODULE: ./build/inputs/defined.js
function defined(values) {
    const entries = Object.entries(values).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries);
}

;// CONCATENATED MODULE: ./build/inputs/resource-id.js

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const POOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const isGuid = (text) => GUID.test(text);
function parseResourceId(text, type) {
    const id = (0,arm_id/* parseArmId */.fk)(text, type);
    const { subscriptionId, resourceGroup, names } = (0,arm_id/* splitArmId */.qF)(text) ?? {
        subscriptionId: '',
        resourceGroup: '',
        names: []
    };
    if (!isGuid(subscriptionId)) {
        throw new Error(`"${text}" has subscription "${subscriptionId}", which is not a GUID`);
    }
    const bad = [resourceGroup, ...names].find(name => !isResourceName(name));
    if (bad !== undefined) {
        throw new Error(`"${text}" has "${bad}" in it, which is not a name; letters, digits and -_.() are allowed`);
    }
    names.forEach((name, depth) => checkName(text, name, type
        .split('/')
        .slice(0, depth + 2)
        .join('/')));
    return id;
}
const OF_COMPUTE = {
    pattern: /^[a-z0-9](?:[\w.-]{0,78}\w)?$/i,
    rule: '1 to 80 letters, digits, underscores, periods and hyphens, the first a letter or digit, the last no period or hyphen'
};
const NAME_RULES = {
    'Microsoft.Compute/galleries': OF_COMPUTE,
    'Microsoft.Compute/galleries/images': OF_COMPUTE,
    'Microsoft.Compute/images': OF_COMPUTE,
    'Microsoft.Batch/batchAccounts': { pattern: /^[a-z0-9]{3,24}$/i, rule: '3 to 24 letters and digits' },
    'Microsoft.Batch/batchAccounts/pools': {
        pattern: POOL_NAME,
        rule: '1 to 64 letters, digits, hyphens and underscores'
    }
};
function checkName(text, name, type) {
    const { pattern, rule } = NAME_RULES[type] ?? {};
    if (pattern?.test(name) !== false)
        return;
    throw new Error(`"${text}" has "${name}", which is not the name of a ${type}; ${rule}`);
}
function isResourceName(text) {
    return /^[\p{L}\p{N}_.()-]{1,90}$/u.test(text) && !text.endsWith('.');
}

;// CONCATENATED MODULE: ./build/inputs/image-reference.js


const RETIRED = 'Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 31 March 2026; make a ' +
    'gallery version of it, or set allow-retired to "true" to try all the same';
const VERSION = 'Microsoft.Compute/galleries/images/versions';
const DEFINITION = 'Microsoft.Compute/galleries/images';
const MANAGED = 'Microsoft.Compute/images';
const isManagedImageId = (id) => (0,arm_id/* isArmIdOf */.p_)(id, MANAGED);
const LATEST_PROVED = /^(.*)\/latest-proved$/i;
function parseGivenImage(text, allowRetired) {
    const [, before] = LATEST_PROVED.exec(text) ?? [];
    if (before === undefined)
        return { imageId: parsePinnedImage(text, allowRetired) };
    const definition = before.replace(/\/versions$/i, '');
    if (definition !== before) {
        throw new Error(`"${text}" has "versions" before "latest-proved"; write ${definition}/latest-proved`);
    }
    return { latestProvedOf: parseResourceId(definition, DEFINITION) };
}
function parsePinnedImage(text, allowRetired) {
    if (LATEST_PROVED.test(text)) {
        throw new Error(`"${text}" is not pinned; latest-proved is for the input image-id: leave imageReference out and give it there, or pin ` +
            'a version here');
    }
    if ((0,arm_id/* isArmIdOf */.p_)(text, DEFINITION))
        throw new Error(`"${text}" names no version; ${pinWhy(text)}`);
    if (isManagedImageId(text)) {
        if (!allowRetired)
            throw new Error(`"${text}" is a managed image; ${RETIRED}`);
        return parseResourceId(text, MANAGED);
    }
    const id = parseResourceId(text, VERSION);
    const version = (0,arm_id/* namesOf */.eZ)(id).at(-1) ?? '';
    if (version.toLowerCase() === 'latest') {
        throw new Error(`"${text}" is not pinned; ${pinWhy(text.replace(/\/versions\/[^/]*$/i, ''))}`);
    }
    if (!isImageVersion(version)) {
        throw new Error(`"${text}" has version "${version}", which is not Major.Minor.Patch of 32-bit integers`);
    }
    return id;
}
function pinWhy(definition) {
    return (`pin one, such as ${definition}/versions/1.0.0, as otherwise nodes of one pool get different images with each ` +
        'version that is published');
}
function isImageVersion(text) {
    const parts = text.split('.');
    return parts.length === 3 && parts.every(part => /^(?:0|[1-9]\d{0,9})$/.test(part) && Number(part) <= 2_147_483_647);
}

// EXTERNAL MODULE: ./build/model/region.js
var model_region = __webpack_require__(6356);
// EXTERNAL MODULE: ./build/shared/text.js
var shared_text = __webpack_require__(89853);
// EXTERNAL MODULE: ./build/model/own-metadata.js
var own_metadata = __webpack_require__(43122);
;// CONCATENATED MODULE: ./build/inputs/tag-rules.js
const MOST_TAGS_OF_AZURE = 50;
function tagFault(name, value) {
    if (name.length > 512)
        return `tag name "${name.slice(0, 40)}…" has ${name.length} characters; 512 at most`;
    if (value.length > 256)
        return `the value of tag "${name}" has ${value.length} characters; 256 at most`;
    return /[<>%&\\?/]/.test(name) ? `tag name "${name}" has one of <>%&\\?/ in it, which Azure refuses` : undefined;
}

;// CONCATENATED MODULE: ./build/inputs/parse-list.js




function parseDataDisks(text) {
    if (text === 'all' || text === 'none')
        return text;
    const entries = entriesOf(text, /,/, '"all", "none", or LUNs separated by commas, such as 0,2');
    if (entries.every(entry => /^[a-z]/i.test(entry))) {
        throw new Error(`"${text}" is not "all", "none" or a list of LUNs such as 0,2${(0,shared_text/* didYouMean */.au)(text, ['all', 'none'])}`);
    }
    const luns = each(entries, entry => {
        const lun = /^\d{1,2}$/.test(entry) ? Number(entry) : NaN;
        if (lun >= 0 && lun <= 63)
            return lun;
        throw new Error(`"${entry}" is not a LUN; a whole number from 0 to 63`);
    });
    refuseDuplicates(luns.map(String), 'LUN');
    return luns.toSorted((a, b) => a - b);
}
function parseTargetRegions(text) {
    const regions = each(entriesOf(text, /[,\n]/, 'regions separated by commas, such as eastus2=2, westus3'), parseTargetRegion);
    refuseDuplicates(regions.map(({ region }) => region), 'region');
    return regions;
}
function parseTargetRegion(entry) {
    const [name = '', count, ...more] = entry.split('=').map(part => part.trim());
    if (!/^[a-z][a-z0-9 ]*$/i.test(name) || more.length > 0) {
        throw new Error(`"${entry}" is not a region with its replicas; such as eastus2, or eastus2=2`);
    }
    if (count === undefined)
        return { region: (0,model_region/* regionName */.g)(name) };
    const replicas = /^\d{1,3}$/.test(count) ? Number(count) : NaN;
    if (replicas >= 1 && replicas <= 100)
        return { region: (0,model_region/* regionName */.g)(name), replicas };
    throw new Error(`"${entry}" asks for "${count}" replicas; from 1 to 100`);
}
const MOST_TAGS = 40;
const TAGS_FORM = 'name=value pairs, one a line or separated by commas, such as team=render';
function parseTags(text) {
    const pairs = each(entriesOf(text, text.includes('\n') ? /\n/ : /,/, TAGS_FORM), parseTag);
    refuseDuplicates(pairs.map(([name]) => name.toLowerCase()), 'tag');
    if (pairs.length > MOST_TAGS) {
        throw new Error(`${pairs.length} tags are too many; ${MOST_TAGS} at most, as ten of Azure’s 50 are for the action’s own`);
    }
    return Object.fromEntries(pairs);
}
function parseTag(entry) {
    const at = entry.indexOf('=');
    if (at < 1)
        throw new Error(`"${entry}" is not a tag; name=value is expected`);
    const name = entry.slice(0, at).trim();
    const value = entry.slice(at + 1).trim();
    const fault = tagFault(name, value);
    if (fault !== undefined)
        throw new Error(fault);
    if (name.toLowerCase().startsWith(`${own_metadata/* OWN_PREFIX */.yc}-`)) {
        throw new Error(`tag name "${name}" begins with "${own_metadata/* OWN_PREFIX */.yc}-", which is kept for this action’s own tags`);
    }
    return [name, value];
}
function entriesOf(text, by, form) {
    if (/^[ \t]*(?:[[{"']|-[ \t])/m.test(text)) {
        throw new Error(`"${text}" is a list of JSON or YAML; ${form} without brackets, quotes and hyphens is expected`);
    }
    const entries = text
        .split(by)
        .map(entry => entry.trim())
        .filter(entry => entry !== '');
    if (entries.length === 0)
        throw new Error(`"${text}" has no entry; ${form}, or leave it out`);
    return entries;
}
function each(entries, parse) {
    const errors = [];
    const values = entries.flatMap(entry => {
        try {
            return [parse(entry)];
        }
        catch (error) {
            errors.push(error);
            return [];
        }
    });
    if (errors.length > 0)
        throw new AggregateError(errors);
    return values;
}
function refuseDuplicates(names, what) {
    const seen = new Set();
    const twice = new Set(names.filter(name => seen.size === seen.add(name).size));
    if (twice.size > 0) {
        throw new AggregateError([...twice].map(name => new Error(`${what} "${name}" is there twice; once is enough`)));
    }
}

// EXTERNAL MODULE: ./build/shared/duration.js
var shared_duration = __webpack_require__(80290);
// EXTERNAL MODULE: ./build/shared/iso8601.js
var iso8601 = __webpack_require__(40112);
;// CONCATENATED MODULE: ./build/inputs/parse-value.js





function parseChoice(text, choices) {
    const found = choices.find(choice => choice === text);
    if (found !== undefined)
        return found;
    throw new Error(`"${text}" is not ${(0,shared_text/* joinWords */.yZ)(choices)}${(0,shared_text/* didYouMean */.au)(text, choices)}`);
}
const parseBoolean = (text) => parseChoice(text, ['true', 'false']) === 'true';
function parseCount(text, min) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= min)
        return value;
    throw new Error(`"${text}" is not a whole number of at least ${min}`);
}
function parseWaveSize(text) {
    if (text === 'all')
        return text;
    if (/^\d{1,9}$/.test(text) && Number(text) >= 1)
        return Number(text);
    throw new Error(`"${text}" is not a wave size; "all", or a whole number of at least 1`);
}
function parseDuration(text, min, max) {
    const ms = (0,shared_duration/* parseDurationMs */.y)(text);
    if (ms === undefined) {
        const iso = (0,iso8601/* parseIso8601Ms */.g)(text);
        const hint = iso === undefined ? 'a whole number and s, m, h or d, such as 20m' : `did you mean "${(0,shared_duration/* formatDurationMs */.u)(iso)}"?`;
        throw new Error(`"${text}" is not a duration; ${hint}`);
    }
    if (ms < ((0,shared_duration/* parseDurationMs */.y)(min) ?? 0) || ms > ((0,shared_duration/* parseDurationMs */.y)(max) ?? Infinity)) {
        throw new Error(`"${text}" is out of bounds; from ${min} to ${max}`);
    }
    return ms;
}
function parseMaxUnhealthy(text) {
    const [, digits, percent] = /^(\d{1,9}(?:\.\d+)?)(%?)$/.exec(text) ?? [];
    const value = Number(digits);
    if (percent === '' && Number.isInteger(value))
        return { nodes: value };
    if (percent === '%' && value <= 100)
        return { share: value / 100 };
    throw new Error(`"${text}" is neither a number of nodes nor a share; such as 3, or 5% (at most 100%)`);
}
function parseGuid(text) {
    if (isGuid(text))
        return text;
    throw new Error(`"${text}" is not a GUID; 32 hexadecimal digits in five groups, as the Azure portal shows it`);
}
function parseImageVersion(text) {
    if (text === 'auto' || isImageVersion(text))
        return text;
    throw new Error(`"${text}" is not an image version; "auto", or Major.Minor.Patch, three integers from 0 to 2147483647 without ` +
        'leading zeros, such as 1.0.12');
}
function parseResourceGroupName(text) {
    if (isResourceName(text))
        return text;
    throw new Error(`"${text}" is not the name of a resource group; 1 to 90 letters, digits and -_.(), and no period at the end`);
}
function parseAudience(text) {
    if (!/\s/.test(text))
        return text;
    throw new Error(`"${text}" is not an audience; such as "api://AzureADTokenExchange"`);
}
const NAMED_CLOUDS = ['AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud'];
function parseCloud(text) {
    if (!text.includes('://'))
        return { kind: 'named', name: parseNamedCloud(text) };
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.protocol !== 'https:')
        throw new Error(`"${text}" is not an https URL; tokens are sent over https only`);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        throw new Error(`"${url.origin}…" has more than host and path; a Resource Manager’s URL alone is expected`);
    }
    return { kind: 'resource-manager', url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
}
function parseNamedCloud(text) {
    try {
        return parseChoice(text, NAMED_CLOUDS);
    }
    catch {
        throw new Error(`"${text}" is neither ${NAMED_CLOUDS.join(', ')} nor an https URL${(0,shared_text/* didYouMean */.au)(text, NAMED_CLOUDS)}`);
    }
}

;// CONCATENATED MODULE: ./build/inputs/parse-image.js






function parseImage(reader) {
    return {
        source: parseSource(reader),
        dataDisks: reader.take('data-disks', parseDataDisks),
        stopVm: reader.take('stop-vm', parseBoolean),
        generalized: reader.takeOptional('generalize', text => parseChoice(text, ['done'])) === 'done',
        publishTo: parsePublishTo(reader),
        ...defined({ workResourceGroup: reader.takeOptional('work-resource-group', parseResourceGroupName) })
    };
}
function parseSource(reader) {
    const parse = (text) => parseResourceId(text, 'Microsoft.Compute/virtualMachines');
    return { input: 'source-vm', id: reader.take('source-vm', parse) };
}
const GALLERY_ONLY = [
    'image-version',
    'target-regions',
    'replication-mode',
    'promote',
    'keep-snapshots',
    'wait-for-regions'
];
function parsePublishTo(reader) {
    const id = reader.take('publish-to', parsePublishToId);
    if (typeof id === 'string' && isManagedImageId(id)) {
        for (const name of GALLERY_ONLY.filter(reader.isGiven)) {
            reader.complain(name, 'is for gallery versions only, and publish-to is a managed image; leave it out');
        }
        return { kind: 'managed', imageId: id };
    }
    return {
        kind: 'gallery',
        galleryImageId: id,
        version: reader.take('image-version', parseImageVersion),
        targetRegions: reader.takeOptional('target-regions', parseTargetRegions) ?? [],
        replicationMode: reader.take('replication-mode', text => parseChoice(text, ['Full', 'Shallow'])),
        promote: reader.take('promote', text => parseChoice(text, ['when-proved', 'now', 'never'])),
        keepSnapshots: reader.take('keep-snapshots', parseBoolean),
        waitForRegions: reader.take('wait-for-regions', text => parseChoice(text, ['pool', 'all']))
    };
}
function parsePublishToId(text) {
    if (isManagedImageId(text))
        return parseResourceId(text, 'Microsoft.Compute/images');
    if ((0,arm_id/* isArmIdOf */.p_)(text, 'Microsoft.Compute/galleries/images/versions')) {
        throw new Error(`"${text}" is the id of a version; use ${(0,arm_id/* parentId */.A1)(text)}, and image-version for the version`);
    }
    try {
        return parseResourceId(text, 'Microsoft.Compute/galleries/images');
    }
    catch (error) {
        throw new Error(`${error instanceof Error ? error.message : String(error)}, or …/providers/Microsoft.Compute/images/{name}`);
    }
}

;// CONCATENATED MODULE: ./build/model/spec.js
const IMAGE_CHANGES = ['auto', 'in-place', 'refuse'];
const PROVES = ['auto', 'temporary-pool', 'canary', 'none'];
const ON_FAILURES = ['auto', 'rollback', 'keep'];
const STOPS = ['proof'];
const REFRESHES = ['none', 'reboot', 'reimage'];
function specsOf({ rollouts, maxParallel: _most, ...run }) {
    if (rollouts.length === 0)
        return [run];
    return rollouts.map(rollout => ({ ...run, rollout }));
}

// EXTERNAL MODULE: ./build/model/json.js
var model_json = __webpack_require__(29598);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./build/inputs/pool-spec-structure.js

const MOST_ALIASES = 100;
function structureFaults(root) {
    const walk = { faults: [], anchors: new Map(), open: new Set(), aliases: 0 };
    const stack = [{ node: root, leave: false }];
    for (let stop = stack.pop(); stop !== undefined; stop = stack.pop()) {
        const { node, leave } = stop;
        if (leave)
            walk.open.delete(node);
        else {
            const below = enter(node, walk);
            if (below.length > 0)
                stack.push({ node, leave: true });
            for (const child of below.toReversed())
                stack.push({ node: child, leave: false });
        }
    }
    if (walk.aliases > MOST_ALIASES)
        walk.faults.push({ at: 0, message: `${walk.aliases} aliases; ${MOST_ALIASES} at most` });
    return walk.faults;
}
function enter(node, walk) {
    if ((0,dist/* isAlias */.Vj)(node)) {
        walk.aliases += 1;
        const target = walk.anchors.get(node.source);
        if (target !== undefined && walk.open.has(target)) {
            walk.faults.push({
                at: offsetOf(node),
                message: `alias *${node.source} stands inside of what it names; write it out`
            });
        }
        return [];
    }
    if ('anchor' in node && typeof node.anchor === 'string')
        walk.anchors.set(node.anchor, node);
    walk.open.add(node);
    const below = (0,dist/* isMap */.jh)(node) ? pairsOf(node.items, walk) : (0,dist/* isSeq */.oP)(node) ? node.items.filter(isNodeLike) : [];
    if (below.length === 0)
        walk.open.delete(node);
    return below;
}
function pairsOf(items, { faults }) {
    const names = new Set();
    return items.flatMap(({ key, value }) => {
        if ((0,dist/* isScalar */.jn)(key)) {
            const name = String(key.value);
            if (names.has(name))
                faults.push({ at: offsetOf(key), message: 'map keys must be unique' });
            names.add(name);
        }
        else if (isNodeLike(key)) {
            faults.push({ at: offsetOf(key), message: 'a key is a map, a list or an alias; a name is expected' });
            return [];
        }
        return [key, value].filter(isNodeLike);
    });
}
const isNodeLike = (value) => (0,dist/* isMap */.jh)(value) || (0,dist/* isSeq */.oP)(value) || (0,dist/* isScalar */.jn)(value) || (0,dist/* isAlias */.Vj)(value);
const offsetOf = ({ range }) => range?.[0] ?? 0;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-document.js




const MOST_CHARACTERS = 1_048_576;
const MOST_DEPTH = 100;
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
function readPoolSpecDocument(text) {
    if (text.length > MOST_CHARACTERS) {
        return { problems: [`is ${text.length} characters long; ${MOST_CHARACTERS} at most, as no pool needs more`] };
    }
    const lines = new dist/* LineCounter */.HN();
    const told = (faults) => ({
        problems: faults.map(({ at, message }) => {
            const { line, col } = lines.linePos(at);
            return `line ${line}, column ${col}: ${sentence(message)}`;
        })
    });
    const documents = documentsIn(text, lines);
    if (!Array.isArray(documents))
        return told([documents]);
    const [document] = documents;
    const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    if (faults.length > 0)
        return told(faults.map(({ message, pos: [at] }) => ({ at, message })));
    if (document === undefined || document.contents === null)
        return { problems: ['is empty; a pool spec is expected'] };
    if (documents.length > 1)
        return { problems: [`holds ${documents.length} documents; one pool spec is expected`] };
    const wrong = structureFaults(document.contents);
    return wrong.length > 0 ? told(wrong) : readRoot(document, lines);
}
function documentsIn(text, lines) {
    lines.addNewLine(0);
    const parser = new dist/* Parser */.iX(lines.addNewLine);
    const tokens = [];
    let at = 0;
    for (const lexeme of new dist/* Lexer */.JG().lex(text)) {
        tokens.push(...parser.next(lexeme));
        if (!MARKS.has(lexeme))
            at += lexeme.length;
        if (parser.stack.length > MOST_DEPTH + 2) {
            return { at: at - lexeme.length, message: `is nested too deeply; ${MOST_DEPTH} levels at most` };
        }
    }
    tokens.push(...parser.end());
    return withoutStacks(() => [...new dist/* Composer */.Dk({ prettyErrors: false, uniqueKeys: false }).compose(tokens)]);
}
function withoutStacks(work) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return work();
    }
    finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}
function readRoot(document, lines) {
    try {
        const root = document.toJS();
        if (!(0,model_json/* isJsonObject */.OW)(root)) {
            const kind = Array.isArray(root) ? 'a list' : root === null ? 'null' : `a ${typeof root}`;
            const hint = typeof root === 'string' ? '; the path of a file goes to pool-spec' : '';
            return { problems: [`is ${kind}; an object with name and properties is expected${hint}`] };
        }
        const pairs = pairFinder();
        return { root, lineOf: path => lineOf(document.contents, path, { lines, pairs }) };
    }
    catch (error) {
        return { problems: [sentence(aliasMessage((0,shared_text/* messageOf */.bD)(error)))] };
    }
}
const aliasMessage = (message) => /excessive alias/i.test(message) ? 'has aliases that stand for too much; write out what they name' : message;
function pairFinder() {
    const known = new Map();
    return (map, name) => {
        let pairs = known.get(map);
        if (pairs === undefined) {
            pairs = new Map(map.items.flatMap(pair => ((0,dist/* isScalar */.jn)(pair.key) ? [[String(pair.key.value), pair]] : [])));
            known.set(map, pairs);
        }
        return pairs.get(name);
    };
}
function lineOf(root, path, { lines, pairs }) {
    let node = root;
    let found;
    for (const segment of path) {
        if ((0,dist/* isMap */.jh)(node)) {
            const pair = pairs(node, segment);
            if (pair === undefined || !(0,dist/* isNode */.Ll)(pair.key))
                break;
            found = pair.key;
            node = pair.value;
        }
        else if ((0,dist/* isSeq */.oP)(node)) {
            node = node.items[Number(segment)];
            if (!(0,dist/* isNode */.Ll)(node))
                break;
            found = node;
        }
        else
            break;
    }
    return found?.range ? lines.linePos(found.range[0]).line : undefined;
}
const sentence = (text) => text.charAt(0).toLowerCase() + text.slice(1);

;// CONCATENATED MODULE: ./build/inputs/pool-spec-form.js

function formProblem(root) {
    return templateProblem(root) ?? serviceProblem(root);
}
const ALONE = 'a pool spec is that pool alone: name (without the account’s), properties, identity and tags, with values in place of ' +
    'expressions';
function templateProblem({ $schema, resources }) {
    const isTemplate = typeof $schema === 'string' && /deploymentTemplate\.json/i.test($schema);
    if (!isTemplate && resources === undefined)
        return undefined;
    const [first, ...others] = poolsIn(resources, ['resources']);
    if (first === undefined) {
        const message = `is an ARM template without a pool (Microsoft.Batch/batchAccounts/pools); ${ALONE}`;
        return { path: [], message };
    }
    const which = others.length === 0 ? 'the pool' : `one of ${others.length + 1} pools`;
    return { path: first, message: `is ${which} of an ARM template; ${ALONE}` };
}
function poolsIn(resources, path, outer = '') {
    const entries = Array.isArray(resources) ? [...resources.entries()] : Object.entries((0,model_json/* objectOf */.Xy)(resources));
    return entries.flatMap(([key, resource]) => {
        const { type, resources: inner } = (0,model_json/* objectOf */.Xy)(resource);
        const whole = `${outer}${String(type)}`;
        const isPool = whole.toLowerCase() === 'microsoft.batch/batchaccounts/pools';
        return [...(isPool ? [[...path, key]] : []), ...poolsIn(inner, [...path, key, 'resources'], `${whole}/`)];
    });
}
function serviceProblem({ properties, name, vmSize, virtualMachineConfiguration }) {
    const isOfService = (0,model_json/* isJsonObject */.OW)(virtualMachineConfiguration) || (vmSize !== undefined && name === undefined);
    if (properties !== undefined || !isOfService)
        return undefined;
    const message = 'is a pool in the form of the Batch service’s own API (az batch pool show), and a pool spec has Resource Manager’s: take what ' +
        'az rest --method get --url "{ARM id of the pool}?api-version=2025-06-01" shows, or name the pool in the input pool, in place of a spec';
    return { path: [], message };
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec-ids.js


const SUBNET = 'Microsoft.Network/virtualNetworks/subnets';
const PUBLIC_IP = 'Microsoft.Network/publicIPAddresses';
const ENCRYPTION_SET = 'Microsoft.Compute/diskEncryptionSets';
const APPLICATION = 'Microsoft.Batch/batchAccounts/applications';
const IDS = [
    ['networkConfiguration.subnetId', SUBNET],
    ['networkConfiguration.publicIPAddressConfiguration.ipAddressIds.*', PUBLIC_IP],
    ['networkConfiguration.publicIPs.*', PUBLIC_IP],
    ['applicationPackages.*.id', APPLICATION, `${APPLICATION}/versions`],
    ...['osDisk', 'dataDisks.*'].flatMap(disk => ['diskEncryptionSet', 'securityProfile.diskEncryptionSet'].map((set) => [
        `deploymentConfiguration.virtualMachineConfiguration.${disk}.managedDisk.${set}.id`,
        ENCRYPTION_SET
    ]))
];
function idProblems(root) {
    return IDS.flatMap(([path, ...types]) => valuesAt(root['properties'], path.split('.'), ['properties']).flatMap(({ path, value }) => typeof value !== 'string' || value.includes('${env:')
        ? []
        : idProblem(value, types).map(message => ({ path, message }))));
}
function idProblem(text, types) {
    const type = (0,arm_id/* splitArmId */.qF)(text)?.type;
    if (types.some(wanted => wanted.toLowerCase() === type?.toLowerCase()))
        return [];
    const [wanted] = types;
    return [
        type === undefined ? `is not the id of a ${wanted}` : `is the id of a ${type}; that of a ${wanted} is expected`
    ];
}
function valuesAt(value, [name, ...rest], path) {
    if (name === undefined)
        return [{ path, value }];
    if (name === '*') {
        return Array.isArray(value) ? value.flatMap((item, index) => valuesAt(item, rest, [...path, index])) : [];
    }
    return (0,model_json/* isJsonObject */.OW)(value) ? valuesAt(value[name], rest, [...path, name]) : [];
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec-left-aside.js



const POOL = 'Microsoft.Batch/batchAccounts/pools';
const words = (text) => text.split(' ');
const UNDER_PROPERTIES = words('lastModified creationTime provisioningState provisioningStateTransitionTime allocationState ' +
    'allocationStateTransitionTime currentDedicatedNodes currentLowPriorityNodes autoScaleRun resizeOperationStatus ' +
    'currentNodeCommunicationMode');
const OF_AN_IDENTITY = words('principalId clientId');
function atTheRoot({ id, type }) {
    const isPoolId = typeof id === 'string' && (0,arm_id/* isArmIdOf */.p_)(id, POOL);
    const isPoolType = typeof type === 'string' && (0,arm_id/* sameId */.s)(type, POOL);
    return ['etag', 'systemData', ...(isPoolId ? ['id'] : []), ...(isPoolType ? ['type'] : [])];
}
function withoutReadOnly(whole) {
    const leftAside = new Set();
    const without = (value, names, path = '') => {
        const gone = names.filter(name => value[name] !== undefined);
        for (const name of gone)
            leftAside.add(`${path}${name}`);
        return Object.fromEntries(Object.entries(value).filter(([name]) => !gone.includes(name)));
    };
    const ofProperties = (properties) => {
        const kept = without(properties, UNDER_PROPERTIES, 'properties.');
        if (!Array.isArray(kept.metadata))
            return kept;
        const own = kept.metadata.map(item => (0,model_json/* objectOf */.Xy)(item).name).filter(isOwnName);
        for (const name of own)
            leftAside.add(`properties.metadata[${name}]`);
        return { ...kept, metadata: kept.metadata.filter(item => !isOwnName((0,model_json/* objectOf */.Xy)(item).name)) };
    };
    const ofIdentity = (identity) => {
        const path = 'identity.userAssignedIdentities.*.';
        const each = (one) => without(one, OF_AN_IDENTITY, path);
        return inside(identity, 'userAssignedIdentities', ids => Object.keys(ids).reduce((kept, id) => inside(kept, id, each), ids));
    };
    const root = inside(inside(without(whole, atTheRoot(whole)), 'properties', ofProperties), 'identity', ofIdentity);
    return { root: inside(root, 'properties', asWritten), leftAside: [...leftAside] };
}
const SECURITY_TYPES = {
    TrustedLaunch: 'trustedLaunch',
    ConfidentialVM: 'confidentialVM'
};
function asWritten(properties) {
    return inside(properties, 'deploymentConfiguration', deployment => inside(deployment, 'virtualMachineConfiguration', vm => inside(vm, 'securityProfile', profile => {
        const securityType = SECURITY_TYPES[String(profile.securityType)];
        return securityType === undefined ? profile : { ...profile, securityType };
    })));
}
const isOwnName = (name) => typeof name === 'string' && (0,own_metadata/* isOwnItem */.U3)(name);
function inside(value, name, change) {
    const part = value[name];
    return (0,model_json/* isJsonObject */.OW)(part) ? { ...value, [name]: change(part) } : value;
}
function namesProblems({ id, name }) {
    if (typeof id !== 'string' || !(0,arm_id/* isArmIdOf */.p_)(id, POOL) || typeof name !== 'string' || (0,arm_id/* sameId */.s)((0,arm_id/* nameOf */.Vb)(id), name))
        return [];
    return [{ path: ['id'], message: `is that of pool "${(0,arm_id/* nameOf */.Vb)(id)}", and name is "${name}"; leave id out` }];
}

;// CONCATENATED MODULE: ./build/inputs/nat-pool-rules.js

const RESERVED_BACKEND = [29_876, 29_877];
const RESERVED_FRONTEND = { from: 50_000, to: 55_000 };
const MOST_RULES = 25;
function natPoolProblems(value, path) {
    const network = (0,model_json/* objectOf */.Xy)(value);
    const pools = (0,model_json/* itemsOf */.S3)((0,model_json/* objectOf */.Xy)(network['endpointConfiguration'])['inboundNatPools']);
    const at = (...more) => [...path, 'endpointConfiguration', 'inboundNatPools', ...more];
    if (pools.length === 0)
        return [];
    const isClosed = (0,model_json/* objectOf */.Xy)(network['publicIPAddressConfiguration'])['provision'] === 'NoPublicIPAddresses';
    return [
        ...(isClosed ? [{ path: at(), message: 'is given, and NoPublicIPAddresses opens no port; leave one out' }] : []),
        ...twice(pools, 'name', at),
        ...twice(pools, 'backendPort', at),
        ...pools.flatMap((pool, index) => portProblems(pool, pools.slice(0, index), at(index))),
        ...ruleProblems(pools, at)
    ];
}
function portProblems(pool, before, path) {
    const { backendPort } = pool;
    const problems = [];
    if (backendPort !== undefined && RESERVED_BACKEND.includes(backendPort)) {
        problems.push({
            path: [...path, 'backendPort'],
            message: `${String(backendPort)} is kept by Batch, which keeps ${RESERVED_BACKEND.join(' and ')}; use another port`
        });
    }
    const range = rangeOf(pool);
    if (range === undefined)
        return problems;
    const from = [...path, 'frontendPortRangeStart'];
    const text = `${range.from} to ${range.to}`;
    if (range.from > range.to)
        problems.push({ path: from, message: `${text} is no range; the end comes first` });
    if (overlap(range, RESERVED_FRONTEND)) {
        problems.push({ path: from, message: `${text} has ports of 50000 to 55000, which Batch keeps; use others` });
    }
    if (before.some(other => overlap(range, rangeOf(other)))) {
        problems.push({
            path: from,
            message: `${text} overlaps the range of another NAT pool; each needs ports of its own`
        });
    }
    return problems;
}
function twice(pools, name, at) {
    return pools.flatMap((pool, index) => {
        const value = pool[name];
        const isTaken = value !== undefined && pools.slice(0, index).some(other => other[name] === value);
        return isTaken
            ? [{ path: at(index, name), message: `${JSON.stringify(value)} is there twice; each NAT pool needs its own` }]
            : [];
    });
}
function ruleProblems(pools, at) {
    const rules = pools.flatMap((pool, index) => (0,model_json/* itemsOf */.S3)(pool['networkSecurityGroupRules']).map(({ priority }, nth) => ({ priority, index, nth })));
    const tooMany = { path: at(), message: `has ${rules.length} rules in all; ${MOST_RULES} at most` };
    const again = rules.flatMap(({ priority, index, nth }, order) => rules.slice(0, order).some(other => other.priority === priority)
        ? [
            {
                path: at(index, 'networkSecurityGroupRules', nth, 'priority'),
                message: `${String(priority)} is there twice; each rule of a pool needs its own`
            }
        ]
        : []);
    return [...(rules.length > MOST_RULES ? [tooMany] : []), ...again];
}
function rangeOf({ frontendPortRangeStart: from, frontendPortRangeEnd: to }) {
    return typeof from === 'number' && typeof to === 'number' ? { from, to } : undefined;
}
const overlap = (a, b) => b !== undefined && a.from <= b.to && b.from <= a.to;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-rules.js





function pool_spec_rules_ruleProblems(root) {
    const properties = (0,model_json/* objectOf */.Xy)(root['properties']);
    const at = (...path) => ['properties', ...path];
    const vm = ['deploymentConfiguration', 'virtualMachineConfiguration'];
    const configuration = (0,model_json/* objectOf */.Xy)((0,model_json/* objectOf */.Xy)(properties[vm[0] ?? ''])[vm[1] ?? '']);
    return [
        ...scaleProblems(properties['scaleSettings'], at('scaleSettings')),
        ...startTaskProblems(properties['startTask'], at('startTask')),
        ...userAccountProblems(properties['userAccounts'], at('userAccounts')),
        ...mountProblems(properties['mountConfiguration'], at('mountConfiguration')),
        ...natPoolProblems(properties['networkConfiguration'], at('networkConfiguration')),
        ...lunProblems(configuration['dataDisks'], at(...vm, 'dataDisks')),
        ...metadataProblems(properties['metadata'], at('metadata')),
        ...identityProblems(root['identity']),
        ...tagProblems(root['tags'])
    ];
}
const has = (value, names) => names.filter(name => value[name] !== undefined);
function scaleProblems(value, path) {
    if (!(0,model_json/* isJsonObject */.OW)(value))
        return [];
    const given = has(value, ['fixedScale', 'autoScale']);
    if (given.length === 2)
        return [{ path, message: 'has both fixedScale and autoScale; keep one' }];
    if (given.length === 0)
        return [{ path, message: 'has neither fixedScale nor autoScale; give one, or leave it out' }];
    const fixed = value['fixedScale'];
    if (!(0,model_json/* isJsonObject */.OW)(fixed) || has(fixed, ['targetDedicatedNodes', 'targetLowPriorityNodes']).length > 0)
        return [];
    const message = 'has neither targetDedicatedNodes nor targetLowPriorityNodes; give one or both';
    return [{ path: [...path, 'fixedScale'], message }];
}
function startTaskProblems(value, path) {
    const task = (0,model_json/* objectOf */.Xy)(value);
    const problems = (0,model_json/* itemsOf */.S3)(task['resourceFiles']).flatMap((file, index) => resourceFileProblems(file, [...path, 'resourceFiles', index]));
    const user = task['userIdentity'];
    const names = ['userName', 'autoUser'];
    if ((0,model_json/* isJsonObject */.OW)(user))
        problems.push(...exactlyOne({ value: user, names, path: [...path, 'userIdentity'] }));
    return problems;
}
function resourceFileProblems(file, path) {
    const names = ['autoStorageContainerName', 'storageContainerUrl', 'httpUrl'];
    const problems = exactlyOne({ value: file, names, path });
    if (file['httpUrl'] !== undefined && file['filePath'] === undefined) {
        problems.push({ path: [...path, 'filePath'], message: 'is missing; a file from httpUrl needs it' });
    }
    return problems;
}
function exactlyOne({ value, names, path }) {
    const given = has(value, names);
    if (given.length === 1)
        return [];
    const got = given.length === 0 ? 'none' : given.join(' and ');
    return [{ path, message: `has ${got} of ${names.join(', ')}; exactly one is needed` }];
}
function userAccountProblems(value, path) {
    return (0,model_json/* itemsOf */.S3)(value).flatMap((account, index) => {
        const linux = (0,model_json/* objectOf */.Xy)(account['linuxUserConfiguration']);
        if (has(linux, ['uid', 'gid']).length !== 1)
            return [];
        const message = 'has only one of uid and gid; give both or neither';
        return [{ path: [...path, index, 'linuxUserConfiguration'], message }];
    });
}
function mountProblems(value, path) {
    const names = [
        'azureBlobFileSystemConfiguration',
        'nfsMountConfiguration',
        'cifsMountConfiguration',
        'azureFileShareConfiguration'
    ];
    return (0,model_json/* itemsOf */.S3)(value).flatMap((mount, index) => exactlyOne({ value: mount, names, path: [...path, index] }));
}
function lunProblems(value, path) {
    const seen = new Set();
    return (0,model_json/* itemsOf */.S3)(value).flatMap(({ lun }, index) => lun !== undefined && seen.size === seen.add(lun).size
        ? [{ path: [...path, index, 'lun'], message: `${String(lun)} is there twice; each disk needs its own` }]
        : []);
}
function metadataProblems(value, path) {
    return (0,model_json/* itemsOf */.S3)(value).flatMap(({ name, value: given }, index) => {
        if (name === own_metadata/* ORDER_ITEM */.T8)
            return orderProblems(given, [...path, index, 'value']);
        return typeof name === 'string' && name.toLowerCase().startsWith(own_metadata/* OWN_PREFIX */.yc)
            ? [
                {
                    path: [...path, index, 'name'],
                    message: `"${name}" begins with "${own_metadata/* OWN_PREFIX */.yc}", which is kept for this action’s own metadata; use another name`
                }
            ]
            : [];
    });
}
function orderProblems(given, path) {
    const isNumber = typeof given === 'string' && /^\d+$/.test(given);
    return isNumber
        ? []
        : [{ path, message: `${JSON.stringify(given)} is not a place in an order; a whole number, such as "1"` }];
}
function identityProblems(value) {
    const identity = (0,model_json/* objectOf */.Xy)(value);
    const type = 'Microsoft.ManagedIdentity/userAssignedIdentities';
    const ids = Object.keys((0,model_json/* objectOf */.Xy)(identity['userAssignedIdentities']));
    const problems = ids
        .filter(id => !(0,arm_id/* isArmIdOf */.p_)(id, type))
        .map(id => ({ path: ['identity', 'userAssignedIdentities', id], message: `is not the id of a ${type}` }));
    if (identity['type'] === 'UserAssigned' && ids.length === 0) {
        const message = 'names no identity; type "UserAssigned" needs one or more';
        problems.push({ path: ['identity', 'userAssignedIdentities'], message });
    }
    if (identity['type'] === 'None' && ids.length > 0) {
        problems.push({ path: ['identity', 'userAssignedIdentities'], message: 'is given with type "None"; leave one out' });
    }
    return problems;
}
function tagProblems(value) {
    const tags = Object.entries((0,model_json/* objectOf */.Xy)(value));
    const seen = new Set();
    const problems = tags.flatMap(([name, text]) => {
        const isTwice = seen.size === seen.add(name.toLowerCase()).size;
        const fault = isTwice ? 'is there twice; names of tags are the same in any casing' : tagFault(name, String(text));
        return fault === undefined ? [] : [{ path: ['tags', name], message: fault }];
    });
    if (tags.length <= MOST_TAGS_OF_AZURE)
        return problems;
    return [...problems, { path: ['tags'], message: `has ${tags.length} tags; ${MOST_TAGS_OF_AZURE} at most` }];
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 17 modules
var schemas = __webpack_require__(38816);
;// CONCATENATED MODULE: ./build/inputs/pool-spec-parts.js



const INT32 = 2_147_483_647;
const pool_spec_parts_text = schemas/* string */.YjP();
const flag = schemas/* boolean */.zMY();
const whole = (min, max = INT32) => schemas/* int */.Whr().min(min).max(max);
const some = (schema) => schema.optional();
const choice = (...values) => schemas/* enum */.k5n(values);
function isoDuration(minMs, maxMs = Infinity) {
    const bounds = `${(0,iso8601/* formatIso8601 */.I)(minMs)} at least${maxMs === Infinity ? '' : ` and ${(0,iso8601/* formatIso8601 */.I)(maxMs)} at most`}`;
    return schemas/* string */.YjP()
        .regex(/^P(?=.)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/, {
        error: 'is not an ISO 8601 duration; such as PT15M',
        abort: true
    })
        .refine(value => isWithin((0,iso8601/* parseIso8601Ms */.g)(value), minMs, maxMs), { error: `is out of bounds; ${bounds}` });
}
const isWithin = (value, min, max) => value !== undefined && value >= min && value <= max;
const poolName = schemas/* string */.YjP()
    .regex(POOL_NAME, 'is not a pool name; 1 to 64 letters, digits, hyphens and underscores');
const pool_spec_parts_image = schemas/* strictObject */.rej({ id: pool_spec_parts_text });
const fixedScale = schemas/* strictObject */.rej({
    resizeTimeout: some(isoDuration(5 * 60_000)),
    targetDedicatedNodes: some(whole(0)),
    targetLowPriorityNodes: some(whole(0)),
    nodeDeallocationOption: some(choice('Requeue', 'Terminate', 'TaskCompletion'))
});
const autoScale = schemas/* strictObject */.rej({
    formula: pool_spec_parts_text,
    evaluationInterval: some(isoDuration(5 * 60_000, 168 * 3_600_000))
});
const scaleSettings = schemas/* strictObject */.rej({ fixedScale: some(fixedScale), autoScale: some(autoScale) });
const inboundNatPool = schemas/* strictObject */.rej({
    name: schemas/* string */.YjP()
        .regex(/^[a-zA-Z0-9](?:[\w.-]{0,75}[a-zA-Z0-9_])?$/, 'is not the name of a NAT pool; 1 to 77 letters, digits, underscores, periods and hyphens'),
    protocol: choice('TCP', 'UDP'),
    backendPort: whole(1, 65_535),
    frontendPortRangeStart: whole(1, 65_534),
    frontendPortRangeEnd: whole(1, 65_534),
    networkSecurityGroupRules: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        priority: whole(150, 4_096),
        access: choice('Allow', 'Deny'),
        sourceAddressPrefix: pool_spec_parts_text,
        sourcePortRanges: some(schemas/* array */.YOg(pool_spec_parts_text))
    })))
});
const endpointConfiguration = schemas/* strictObject */.rej({ inboundNatPools: schemas/* array */.YOg(inboundNatPool).max(5) });
const userAccount = schemas/* strictObject */.rej({
    name: pool_spec_parts_text,
    password: pool_spec_parts_text,
    elevationLevel: some(choice('NonAdmin', 'Admin')),
    linuxUserConfiguration: some(schemas/* strictObject */.rej({ uid: some(whole(0)), gid: some(whole(0)), sshPrivateKey: some(pool_spec_parts_text) })),
    windowsUserConfiguration: some(schemas/* strictObject */.rej({ loginMode: some(choice('Batch', 'Interactive')) }))
});
const userIdentity = schemas/* strictObject */.rej({
    userName: some(pool_spec_parts_text),
    autoUser: some(schemas/* strictObject */.rej({ scope: some(choice('Task', 'Pool')), elevationLevel: some(choice('NonAdmin', 'Admin')) }))
});
const resourceFile = schemas/* strictObject */.rej({
    autoStorageContainerName: some(pool_spec_parts_text),
    storageContainerUrl: some(pool_spec_parts_text),
    httpUrl: some(pool_spec_parts_text),
    blobPrefix: some(pool_spec_parts_text),
    filePath: some(pool_spec_parts_text),
    fileMode: some(pool_spec_parts_text)
});
const workingDirectory = choice('TaskWorkingDirectory', 'ContainerImageDefault');
const startTask = schemas/* strictObject */.rej({
    commandLine: some(pool_spec_parts_text),
    environmentSettings: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ name: pool_spec_parts_text, value: some(pool_spec_parts_text) }))),
    userIdentity: some(userIdentity),
    maxTaskRetryCount: some(whole(-1)),
    waitForSuccess: some(flag)
});
const blobMount = schemas/* strictObject */.rej({
    accountName: pool_spec_parts_text,
    containerName: pool_spec_parts_text,
    accountKey: some(pool_spec_parts_text),
    sasKey: some(pool_spec_parts_text),
    blobfuseOptions: some(pool_spec_parts_text),
    relativeMountPath: pool_spec_parts_text
});
const nfsMount = schemas/* strictObject */.rej({ source: pool_spec_parts_text, relativeMountPath: pool_spec_parts_text, mountOptions: some(pool_spec_parts_text) });
const fileShareMount = schemas/* strictObject */.rej({
    accountName: pool_spec_parts_text,
    azureFileUrl: pool_spec_parts_text,
    accountKey: pool_spec_parts_text,
    relativeMountPath: pool_spec_parts_text,
    mountOptions: some(pool_spec_parts_text)
});
const commonProperties = {
    displayName: some(schemas/* string */.YjP().max(1_024)),
    vmSize: some(pool_spec_parts_text),
    scaleSettings: some(scaleSettings),
    interNodeCommunication: some(choice('Enabled', 'Disabled')),
    userAccounts: some(schemas/* array */.YOg(userAccount)),
    metadata: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ name: pool_spec_parts_text, value: pool_spec_parts_text }))),
    applicationPackages: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ id: pool_spec_parts_text, version: some(pool_spec_parts_text) })).max(10))
};

;// CONCATENATED MODULE: ./build/inputs/pool-spec-schema.js


const identityReference = schemas/* strictObject */.rej({ resourceId: some(pool_spec_parts_text) });
const encryptionSet = schemas/* strictObject */.rej({ id: pool_spec_parts_text });
const caching = choice('None', 'ReadOnly', 'ReadWrite');
const managedDisk = schemas/* strictObject */.rej({
    storageAccountType: some(choice('Standard_LRS', 'Premium_LRS', 'StandardSSD_LRS')),
    securityProfile: some(schemas/* strictObject */.rej({
        securityEncryptionType: some(choice('NonPersistedTPM', 'VMGuestStateOnly', 'DiskWithVMGuestState')),
        diskEncryptionSet: some(encryptionSet)
    })),
    diskEncryptionSet: some(encryptionSet)
});
const registry = schemas/* strictObject */.rej({
    username: some(pool_spec_parts_text),
    password: some(pool_spec_parts_text),
    registryServer: some(pool_spec_parts_text),
    identityReference: some(identityReference)
});
const vmExtension = schemas/* strictObject */.rej({
    name: pool_spec_parts_text,
    publisher: pool_spec_parts_text,
    type: pool_spec_parts_text,
    typeHandlerVersion: some(pool_spec_parts_text),
    autoUpgradeMinorVersion: some(flag),
    enableAutomaticUpgrade: some(flag),
    settings: some(schemas/* unknown */.L5J()),
    protectedSettings: some(schemas/* unknown */.L5J()),
    provisionAfterExtensions: some(schemas/* array */.YOg(pool_spec_parts_text))
});
const hostEndpoint = schemas/* strictObject */.rej({
    mode: some(choice('Audit', 'Enforce')),
    inVMAccessControlProfileReferenceId: some(pool_spec_parts_text)
});
const securityProfile = schemas/* strictObject */.rej({
    securityType: some(choice('trustedLaunch', 'confidentialVM')),
    encryptionAtHost: some(flag),
    uefiSettings: some(schemas/* strictObject */.rej({ secureBootEnabled: some(flag), vTpmEnabled: some(flag) })),
    proxyAgentSettings: some(schemas/* strictObject */.rej({ enabled: some(flag), imds: some(hostEndpoint), wireServer: some(hostEndpoint) }))
});
const virtualMachineConfiguration = schemas/* strictObject */.rej({
    imageReference: some(pool_spec_parts_image),
    nodeAgentSkuId: some(pool_spec_parts_text),
    windowsConfiguration: some(schemas/* strictObject */.rej({ enableAutomaticUpdates: some(flag) })),
    dataDisks: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        lun: whole(0, 63),
        caching: some(caching),
        diskSizeGB: whole(1),
        managedDisk: some(managedDisk)
    }))),
    licenseType: some(pool_spec_parts_text),
    containerConfiguration: some(schemas/* strictObject */.rej({
        type: choice('DockerCompatible', 'CriCompatible'),
        containerImageNames: some(schemas/* array */.YOg(pool_spec_parts_text)),
        containerRegistries: some(schemas/* array */.YOg(registry))
    })),
    diskEncryptionConfiguration: some(schemas/* strictObject */.rej({
        targets: some(schemas/* array */.YOg(choice('OsDisk', 'TemporaryDisk'))),
        customerManagedKey: some(schemas/* strictObject */.rej({
            keyUrl: some(pool_spec_parts_text),
            rotationToLatestKeyVersionEnabled: some(flag),
            identityReference: some(identityReference)
        }))
    })),
    nodePlacementConfiguration: some(schemas/* strictObject */.rej({ policy: some(choice('Regional', 'Zonal')) })),
    extensions: some(schemas/* array */.YOg(vmExtension)),
    osDisk: some(schemas/* strictObject */.rej({
        ephemeralOSDiskSettings: some(schemas/* strictObject */.rej({ placement: some(choice('CacheDisk')) })),
        caching: some(caching),
        managedDisk: some(managedDisk),
        diskSizeGB: some(whole(1)),
        writeAcceleratorEnabled: some(flag)
    })),
    securityProfile: some(securityProfile),
    serviceArtifactReference: some(schemas/* strictObject */.rej({ id: pool_spec_parts_text }))
});
const networkConfiguration = schemas/* strictObject */.rej({
    subnetId: some(pool_spec_parts_text),
    dynamicVnetAssignmentScope: some(choice('none', 'job')),
    endpointConfiguration: some(endpointConfiguration),
    publicIPAddressConfiguration: some(schemas/* strictObject */.rej({
        provision: some(choice('BatchManaged', 'UserManaged', 'NoPublicIPAddresses')),
        ipAddressIds: some(schemas/* array */.YOg(pool_spec_parts_text)),
        ipFamilies: some(schemas/* array */.YOg(choice('IPv4', 'IPv6'))),
        ipTags: some(schemas/* array */.YOg(schemas/* strictObject */.rej({ ipTagType: some(pool_spec_parts_text), tag: some(pool_spec_parts_text) })))
    })),
    enableAcceleratedNetworking: some(flag)
});
const containerSettings = schemas/* strictObject */.rej({
    containerRunOptions: some(pool_spec_parts_text),
    imageName: pool_spec_parts_text,
    registry: some(registry),
    workingDirectory: some(workingDirectory),
    containerHostBatchBindMounts: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        source: some(choice('Shared', 'Startup', 'VfsMounts', 'Task', 'JobPrep', 'Applications')),
        isReadOnly: some(flag)
    })))
});
const mount = schemas/* strictObject */.rej({
    azureBlobFileSystemConfiguration: some(blobMount.extend({ identityReference: some(identityReference) })),
    nfsMountConfiguration: some(nfsMount),
    cifsMountConfiguration: some(nfsMount.extend({ userName: pool_spec_parts_text, password: pool_spec_parts_text })),
    azureFileShareConfiguration: some(fileShareMount)
});
const upgradePolicy = schemas/* strictObject */.rej({
    mode: choice('automatic', 'manual', 'rolling'),
    automaticOSUpgradePolicy: some(schemas/* strictObject */.rej({
        disableAutomaticRollback: some(flag),
        enableAutomaticOSUpgrade: some(flag),
        useRollingUpgradePolicy: some(flag),
        osRollingUpgradeDeferral: some(flag)
    })),
    rollingUpgradePolicy: some(schemas/* strictObject */.rej({
        enableCrossZoneUpgrade: some(flag),
        maxBatchInstancePercent: some(whole(5, 100)),
        maxUnhealthyInstancePercent: some(whole(5, 100)),
        maxUnhealthyUpgradedInstancePercent: some(whole(0, 100)),
        pauseTimeBetweenBatches: some(pool_spec_parts_text),
        prioritizeUnhealthyInstances: some(flag),
        rollbackFailedInstancesOnPolicyBreach: some(flag)
    }))
});
const properties = schemas/* strictObject */.rej({
    ...commonProperties,
    deploymentConfiguration: some(schemas/* strictObject */.rej({ virtualMachineConfiguration: some(virtualMachineConfiguration) })),
    networkConfiguration: some(networkConfiguration),
    taskSlotsPerNode: some(whole(1, 256)),
    taskSchedulingPolicy: some(schemas/* strictObject */.rej({
        jobDefaultOrder: some(choice('None', 'CreationTime')),
        nodeFillType: choice('Spread', 'Pack')
    })),
    startTask: some(startTask.extend({
        resourceFiles: some(schemas/* array */.YOg(resourceFile.extend({ identityReference: some(identityReference) }))),
        containerSettings: some(containerSettings)
    })),
    mountConfiguration: some(schemas/* array */.YOg(mount)),
    upgradePolicy: some(upgradePolicy)
});
const poolSpecSchema = schemas/* strictObject */.rej({
    $schema: some(pool_spec_parts_text),
    name: poolName,
    properties,
    identity: some(schemas/* strictObject */.rej({
        type: choice('UserAssigned', 'None'),
        userAssignedIdentities: some(schemas/* record */.g1P(pool_spec_parts_text, schemas/* strictObject */.rej({})))
    })),
    tags: some(schemas/* record */.g1P(pool_spec_parts_text, pool_spec_parts_text))
});

;// CONCATENATED MODULE: ./build/inputs/retired-pool-spec-schema.js


const retired_pool_spec_schema_registry = schemas/* strictObject */.rej({ registryServer: some(pool_spec_parts_text), username: pool_spec_parts_text, password: pool_spec_parts_text });
const retired_pool_spec_schema_virtualMachineConfiguration = schemas/* strictObject */.rej({
    imageReference: some(pool_spec_parts_image),
    nodeAgentSkuId: some(pool_spec_parts_text),
    windowsConfiguration: some(schemas/* strictObject */.rej({ enableAutomaticUpdates: some(flag) })),
    dataDisks: some(schemas/* array */.YOg(schemas/* strictObject */.rej({
        lun: whole(0, 63),
        caching: some(choice('None', 'ReadOnly', 'ReadWrite')),
        diskSizeGB: whole(1),
        storageAccountType: some(choice('Standard_LRS', 'Premium_LRS'))
    }))),
    licenseType: some(pool_spec_parts_text),
    containerConfiguration: some(schemas/* strictObject */.rej({
        type: choice('DockerCompatible'),
        containerImageNames: some(schemas/* array */.YOg(pool_spec_parts_text)),
        containerRegistries: some(schemas/* array */.YOg(retired_pool_spec_schema_registry))
    }))
});
const retired_pool_spec_schema_containerSettings = schemas/* strictObject */.rej({
    containerRunOptions: some(pool_spec_parts_text),
    imageName: pool_spec_parts_text,
    registry: some(retired_pool_spec_schema_registry),
    workingDirectory: some(workingDirectory)
});
const retired_pool_spec_schema_mount = schemas/* strictObject */.rej({
    azureBlobFileSystemConfiguration: some(blobMount),
    nfsMountConfiguration: some(nfsMount),
    cifsMountConfiguration: some(nfsMount.extend({ username: pool_spec_parts_text, password: pool_spec_parts_text })),
    azureFileShareConfiguration: some(fileShareMount)
});
const retired_pool_spec_schema_properties = schemas/* strictObject */.rej({
    ...commonProperties,
    deploymentConfiguration: some(schemas/* strictObject */.rej({ virtualMachineConfiguration: some(retired_pool_spec_schema_virtualMachineConfiguration) })),
    networkConfiguration: some(schemas/* strictObject */.rej({
        subnetId: some(pool_spec_parts_text),
        endpointConfiguration: some(endpointConfiguration),
        publicIPs: some(schemas/* array */.YOg(pool_spec_parts_text))
    })),
    maxTasksPerNode: some(whole(1, 256)),
    taskSchedulingPolicy: some(schemas/* strictObject */.rej({ nodeFillType: choice('Spread', 'Pack') })),
    startTask: some(startTask.extend({
        resourceFiles: some(schemas/* array */.YOg(resourceFile)),
        containerSettings: some(retired_pool_spec_schema_containerSettings)
    })),
    mountConfiguration: some(schemas/* array */.YOg(retired_pool_spec_schema_mount))
});
const retiredPoolSpecSchema = schemas/* strictObject */.rej({ $schema: some(pool_spec_parts_text), name: poolName, properties: retired_pool_spec_schema_properties });

;// CONCATENATED MODULE: ./build/inputs/unknown-property.js

const VM = 'properties.deploymentConfiguration.virtualMachineConfiguration';
const BATCH_SERVICE_NAMES = {
    virtualMachineConfiguration: VM,
    targetDedicatedNodes: 'properties.scaleSettings.fixedScale.targetDedicatedNodes',
    targetLowPriorityNodes: 'properties.scaleSettings.fixedScale.targetLowPriorityNodes',
    resizeTimeout: 'properties.scaleSettings.fixedScale.resizeTimeout',
    enableAutoScale: 'properties.scaleSettings.autoScale',
    autoScaleFormula: 'properties.scaleSettings.autoScale.formula',
    autoScaleEvaluationInterval: 'properties.scaleSettings.autoScale.evaluationInterval',
    enableInterNodeCommunication: 'properties.interNodeCommunication',
    applicationPackageReferences: 'properties.applicationPackages',
    nodeAgentSKUId: `${VM}.nodeAgentSkuId`
};
const RENAMED = {
    nodeAgentSKUId: 'nodeAgentSkuId',
    virtualMachineImageId: 'id'
};
const FORMER_NAMES = {
    taskSlotsPerNode: 'maxTasksPerNode',
    managedDisk: 'storageAccountType',
    publicIPAddressConfiguration: 'publicIPs'
};
const BESIDE = 'belongs beside properties, not under it';
const PLACES = {
    '': {
        id: 'is set by Batch; leave it out, and give the pool’s name as "name"',
        type: 'is not that of a pool (Microsoft.Batch/batchAccounts/pools); leave it out, if this is one',
        apiVersion: 'is not a part of the pool; leave it out',
        location: 'is not taken; a pool lies where its Batch account does',
        parameters: 'is the envelope of an example; the pool spec is what is in it'
    },
    properties: {
        identity: BESIDE,
        name: BESIDE,
        tags: BESIDE,
        ...gone('targetNodeCommunicationMode resourceTags certificates applicationLicenses', 'leave it out'),
        maxTasksPerNode: 'has another name since api-version 2020-09-01; use "taskSlotsPerNode"'
    },
    [`${VM}.dataDisks.*`]: gone('storageAccountType', 'use "managedDisk.storageAccountType"'),
    [`${VM}.imageReference`]: {
        sharedGalleryImageId: 'is not supported; give the id of a pinned gallery version',
        communityGalleryImageId: 'is not supported; give the id of a pinned gallery version'
    }
};
function gone(names, wayOut) {
    return Object.fromEntries(names.split(' ').map(name => [name, `is no property of a pool since api-version 2025-06-01; ${wayOut}`]));
}
function explainUnknownProperty(key, place) {
    const where = place.path.map(segment => (typeof segment === 'number' ? '*' : segment)).join('.');
    if (place.retired && place.knownToLater) {
        const former = own(FORMER_NAMES, key);
        const wayOut = former !== undefined && place.known.includes(former) ? `use "${former}"` : 'leave it out';
        return `is not known to api-version 2019-08-01, the last that takes a managed image; ${wayOut}, or use a gallery image`;
    }
    const special = own(PLACES[where] ?? {}, key);
    if (special !== undefined)
        return special;
    const home = own(BATCH_SERVICE_NAMES, key);
    if (home !== undefined && (where === '' || where === 'properties'))
        return batchServiceForm(home);
    if (where === '') {
        const meant = (0,shared_text/* nearest */.pA)(key, place.underProperties);
        if (meant !== undefined)
            return `belongs under properties; use "properties.${meant}"`;
    }
    const renamed = own(RENAMED, key);
    if (renamed !== undefined && place.known.includes(renamed))
        return batchServiceForm(renamed);
    return `is not a property of a pool${(0,shared_text/* didYouMean */.au)(key, place.known)}`;
}
const batchServiceForm = (home) => `is the form of the Batch service’s own API; a pool spec has Resource Manager’s: use "${home}"`;
const own = (table, key) => Object.hasOwn(table, key) ? table[key] : undefined;

;// CONCATENATED MODULE: ./build/inputs/pool-spec-shape.js





function shapeProblems(root, retired) {
    const schema = retired ? retiredPoolSpecSchema : poolSpecSchema;
    return problemsBy(schema, root, (key, path) => unknownProperty({ key, path, retired }));
}
function problemsBy(schema, root, unknown) {
    const result = schema.safeParse(root);
    return result.success ? [] : result.error.issues.flatMap(issue => explain(issue, root, unknown));
}
function explain(issue, root, unknown) {
    const path = issue.path.filter(segment => typeof segment !== 'symbol');
    const value = valueAt(root, path);
    if (issue.code === 'unrecognized_keys')
        return issue.keys.map(key => unknown(key, path));
    if (value === undefined)
        return [{ path, message: `is missing; ${expectationOf(issue)}${secretHint(path)}` }];
    return [{ path, message: complaint(issue, value) }];
}
const secretHint = (path) => NEVER_SHOWN.has(path.at(-1)) ? ', and no GET shows it: write a reference such as ${env:NAME}' : '';
const NEVER_SHOWN = new Set(['password', 'accountKey']);
function complaint(issue, value) {
    switch (issue.code) {
        case 'invalid_type':
            return `is ${kindOf(value)}; ${expectationOf(issue)}${isBareScalar(issue, value) ? ': quote it' : ''}`;
        case 'invalid_value':
            return enumComplaint(issue.values.map(String), value);
        case 'too_small':
            return `${measureOf(value)} is too small; ${issue.minimum} at least`;
        case 'too_big':
            return `${measureOf(value)} is too much; ${issue.maximum} at most`;
        default:
            return typeof value === 'string' ? `"${value}" ${issue.message}` : issue.message;
    }
}
function enumComplaint(values, value) {
    if (typeof value !== 'string')
        return `is ${kindOf(value)}; one of ${values.join(', ')} is expected`;
    if (value === 'RetainedData') {
        return `"RetainedData" is not taken, as api-versions after 2025-06-01 refuse it; one of ${values.join(', ')}`;
    }
    return `"${value}" is none of ${values.join(', ')}${(0,shared_text/* didYouMean */.au)(value, values)}`;
}
const KINDS = {
    string: 'a string',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    record: 'an object',
    array: 'a list'
};
function expectationOf(issue) {
    if (issue.code === 'invalid_value')
        return `one of ${issue.values.join(', ')} is expected`;
    return issue.code === 'invalid_type' ? `${KINDS[issue.expected] ?? issue.expected} is expected` : 'it is needed';
}
function kindOf(value) {
    if (value === null)
        return 'empty';
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'number' && !Number.isInteger(value))
        return 'a fraction';
    return KINDS[typeof value] ?? typeof value;
}
function measureOf(value) {
    if (typeof value === 'string')
        return `a text of ${value.length} characters`;
    return Array.isArray(value) ? `a list of ${value.length}` : String(value);
}
function isBareScalar(issue, value) {
    return issue.code === 'invalid_type' && issue.expected === 'string' && ['number', 'boolean'].includes(typeof value);
}
function unknownProperty({ key, path, retired }) {
    const schema = retired ? retiredPoolSpecSchema : poolSpecSchema;
    const place = {
        path,
        retired,
        known: keysAt(schema, path),
        underProperties: keysAt(schema, ['properties']),
        knownToLater: keysAt(poolSpecSchema, path).includes(key)
    };
    return { path: [...path, key], message: explainUnknownProperty(key, place) };
}
function keysAt(schema, path) {
    let here = schema;
    for (const segment of path)
        here = below(bare(here), segment);
    const found = bare(here);
    return found instanceof schemas/* ZodObject */.bvH ? Object.keys(found.shape) : [];
}
const bare = (schema) => (schema instanceof schemas/* ZodOptional */.IiU ? schema.unwrap() : schema);
function below(schema, segment) {
    if (schema instanceof schemas/* ZodArray */.naA)
        return schema.element;
    if (schema instanceof schemas/* ZodRecord */.b8S)
        return schema.valueType;
    return schema instanceof schemas/* ZodObject */.bvH ? schema.shape[segment] : undefined;
}
function valueAt(root, path) {
    return path.reduce((value, segment) => typeof value === 'object' && value !== null ? value[segment] : undefined, root);
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec-values.js

function valueProblems(value, env, path = []) {
    if (typeof value === 'string') {
        const messages = new Set([...textProblems(value), ...referenceProblems(value, env)]);
        return [...messages].map(message => ({ path, message }));
    }
    if (Array.isArray(value))
        return value.flatMap((item, index) => valueProblems(item, env, [...path, index]));
    if ((0,model_json/* isJsonObject */.OW)(value)) {
        return Object.entries(value).flatMap(([key, item]) => [
            ...textProblems(key).map(message => ({ path: [...path, key], message })),
            ...(key.includes('${env:') ? [{ path: [...path, key], message: '${env:…} can stand in values only' }] : []),
            ...valueProblems(item, env, [...path, key])
        ]);
    }
    const fits = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
    return fits ? [] : [{ path, message: `${String(value)} is not a value of JSON` }];
}
function textProblems(text) {
    return text.includes('\ufffd') || !text.isWellFormed()
        ? ['has a character in it that is none (U+FFFD, or half of a pair); write the spec as UTF-8']
        : [];
}
function referenceProblems(text, env) {
    return [...text.matchAll(/\$\{env:([^}]*)(\}?)/g)].flatMap(([whole, name = '', end]) => {
        if (end === '' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
            return [`"${whole}" is not a reference; \${env:NAME} with a name of letters, digits and underscores`];
        }
        if (/^(ACTIONS|GITHUB|RUNNER)_/i.test(name)) {
            return [`environment variable ${name} is the runner’s own, and never sent to Batch; use a variable of yours`];
        }
        const secret = env?.[name];
        if (env === undefined || (secret !== undefined && secret !== ''))
            return [];
        const state = secret === undefined ? 'is not set' : 'is empty';
        return [`environment variable ${name} ${state}; set it in the step’s env, from a secret`];
    });
}

;// CONCATENATED MODULE: ./build/inputs/pool-spec.js












const IMAGE_REFERENCE = ['properties', 'deploymentConfiguration', 'virtualMachineConfiguration', 'imageReference'];
const IMAGE_ID = [...IMAGE_REFERENCE, 'id'];
function parsePoolSpec(text, context) {
    const document = readPoolSpecDocument(text);
    if ('problems' in document)
        return { problems: document.problems };
    const { lineOf } = document;
    const other = formProblem(document.root);
    if (other !== undefined)
        return { problems: inOrder([other], lineOf) };
    const { root, leftAside } = withoutReadOnly(document.root);
    const pinned = valueAt(root, IMAGE_ID);
    const retired = context.managedImage || (typeof pinned === 'string' && isManagedImageId(pinned));
    const image = readImage(pinned, context.allowRetired);
    const marketplace = marketplaceProblem(valueAt(root, IMAGE_REFERENCE));
    const problems = [
        ...shapeProblems(root, retired).filter(({ path }) => marketplace === undefined || !isInside(path, IMAGE_REFERENCE)),
        ...(marketplace === undefined ? [] : [marketplace]),
        ...namesProblems(document.root),
        ...pool_spec_rules_ruleProblems(root),
        ...idProblems(root),
        ...valueProblems(root, context.secretsNeeded ? context.env : undefined),
        ...image.problems
    ];
    if (problems.length > 0)
        return { problems: inOrder(problems, lineOf) };
    const { id } = document.root;
    const accountId = typeof id === 'string' && (0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Batch/batchAccounts/pools') ? (0,arm_id/* parentId */.A1)(id) : undefined;
    const spec = {
        ...specOf(root, image.id),
        ...defined({ accountId }),
        ...(leftAside.length === 0 ? {} : { leftAside })
    };
    return { spec, problems: [] };
}
function marketplaceProblem(reference) {
    const isMarketplace = (0,model_json/* isJsonObject */.OW)(reference) && ['publisher', 'offer', 'sku'].some(name => reference[name] !== undefined);
    if (!isMarketplace)
        return undefined;
    const message = 'names a marketplace image, and this action gives the pool a custom one: leave imageReference out, or give the id of a ' +
        'pinned gallery version';
    return { path: IMAGE_REFERENCE, message };
}
const isInside = (path, outer) => outer.every((part, index) => path[index] === part);
function readImage(pinned, allowRetired) {
    if (typeof pinned !== 'string')
        return { problems: [] };
    try {
        return { id: parsePinnedImage(pinned, allowRetired), problems: [] };
    }
    catch (error) {
        return { problems: [{ path: IMAGE_ID, message: (0,shared_text/* messageOf */.bD)(error) }] };
    }
}
function specOf(root, pinnedImageId) {
    const { name, properties, identity, tags } = root;
    return {
        name,
        body: { properties, ...defined({ identity, tags }) },
        ...(pinnedImageId === undefined ? {} : { pinnedImageId })
    };
}
function inOrder(problems, lineOf) {
    return problems
        .map(({ path, message }) => ({ path, message, line: lineOf(path) }))
        .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
        .map(({ path, message, line }) => {
        const place = `${pathText(path)}${line === undefined ? '' : ` (line ${line})`}`;
        return path.length === 0 ? message : `${place}: ${message}`;
    });
}
function pathText(path) {
    return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
}

;// CONCATENATED MODULE: ./build/inputs/parse-pool.js




function parsePools(reader, context) {
    const from = poolInput(reader);
    const references = reader.takeOptional('pool', parseReferences) ?? [];
    const named = from === 'pool' ? references : [];
    const specs = from === undefined || from === 'pool' ? [] : readSpecs(reader, from, context);
    const account = accountOf(reader, [...references, ...specs]);
    const pools = [
        ...named.map(({ name, accountId }) => ({ from: 'pool', name, body: { properties: {} }, accountId })),
        ...specs.map(spec => ({ from: from ?? 'pool-spec', ...spec }))
    ].map(({ accountId, ...pool }) => ({ ...pool, batchAccountId: account ?? accountId }));
    complainOfTwins(reader, from, pools);
    return pools;
}
const INPUTS = ['pool', 'pool-spec', 'pool-spec-inline'];
const linesOf = (text) => text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
function parseReferences(text) {
    return linesOf(text).map(parseReference);
}
function parseReference(text) {
    if (POOL_NAME.test(text))
        return { name: text };
    if (!text.includes('/')) {
        throw new Error(`"${text}" is neither the ARM id of a pool nor a pool name; 1 to 64 letters, digits, hyphens and underscores`);
    }
    const poolId = parseResourceId(text, 'Microsoft.Batch/batchAccounts/pools');
    return { name: (0,arm_id/* namesOf */.eZ)(poolId).at(-1) ?? '', accountId: (0,arm_id/* parentId */.A1)(poolId) };
}
function accountOf(reader, pools) {
    const given = reader.takeOptional('batch-account', text => parseResourceId(text, 'Microsoft.Batch/batchAccounts'));
    for (const { accountId, name } of reader.isGiven('pool') ? pools : []) {
        if (given === undefined || accountId === undefined || (0,arm_id/* sameId */.s)(given, accountId))
            continue;
        const which = pools.length === 1 ? 'the pool' : `pool "${name}"`;
        reader.complain('batch-account', `"${given}" is not "${accountId}", the account of ${which} in pool; leave it out`);
    }
    const mayBeInId = pools.length === 0 ? reader.text('pool').includes('/') : pools.every(one => one.accountId !== undefined);
    if (reader.command !== undefined && !reader.isGiven('batch-account') && !mayBeInId) {
        const wayOut = reader.isGiven('pool') ? ', or pool as an ARM id' : '';
        reader.complain('batch-account', `is missing; command "${reader.command}" needs it${wayOut}`);
    }
    return given;
}
function poolInput(reader) {
    const [given, ...others] = INPUTS.filter(reader.isGiven);
    if (given === undefined) {
        const needs = `command "${reader.command}" needs it, pool-spec-inline, or pool for a pool that exists`;
        if (reader.command !== undefined)
            reader.complain('pool-spec', `is missing; ${needs}`);
        return undefined;
    }
    if (others.length === 0)
        return given;
    reader.complain(given, `is given together with ${(0,shared_text/* joinWords */.yZ)(others, 'and')}; give one of them`);
    return undefined;
}
function readSpecs(reader, input, context) {
    const { files } = context;
    if (input === 'pool-spec-inline')
        return parse_pool_specOf(reader, input, { ...context, text: reader.text(input) });
    const paths = reader.takeOptional(input, text => pathsOf(text, files)) ?? [];
    return paths.flatMap(path => {
        const text = reader.takeOptional(input, () => readFile(path, files));
        const place = paths.length === 1 ? '' : `${path}: `;
        return text === undefined ? [] : parse_pool_specOf(reader, input, { ...context, text, place });
    });
}
function parse_pool_specOf(reader, input, { text, place = '', ...context }) {
    const secretsNeeded = reader.text('dry-run').trim() !== 'true';
    const { spec, problems } = parsePoolSpec(text, { ...context, env: context.files.env, secretsNeeded });
    for (const problem of problems)
        reader.complain(input, `${place}${problem}`);
    return spec === undefined ? [] : [spec];
}
const IS_GLOB = /[*?[\]{}]/;
function pathsOf(text, files) {
    const found = linesOf(text).flatMap(line => {
        if (!IS_GLOB.test(line))
            return [line];
        const paths = files.glob(line).toSorted();
        if (paths.length === 0)
            throw new Error(`"${line}" names no file; paths are taken from the checkout’s root`);
        return paths;
    });
    return [...new Set(found)];
}
function readFile(path, files) {
    try {
        return files.readText(path);
    }
    catch (error) {
        throw new Error(`"${path}" could not be read: ${(0,shared_text/* messageOf */.bD)(error)}; the path is taken from the checkout’s root`);
    }
}
function complainOfTwins(reader, from, pools) {
    const keys = pools.map(({ batchAccountId, name }) => `${batchAccountId ?? ''}/${name}`.toLowerCase());
    const twins = new Set(pools.filter((_, index) => keys.indexOf(keys[index] ?? '') !== index).map(({ name }) => name));
    for (const name of twins)
        reader.complain(from ?? 'pool-spec', `names pool "${name}" twice; each pool once`);
}

;// CONCATENATED MODULE: ./build/inputs/parse-smoke-test.js








const parse_smoke_test_containerSettings = schemas/* strictObject */.rej({
    imageName: pool_spec_parts_text,
    containerRunOptions: some(pool_spec_parts_text),
    workingDirectory: some(choice('taskWorkingDirectory', 'containerImageDefault'))
});
const parse_smoke_test_userIdentity = schemas/* strictObject */.rej({
    userName: some(pool_spec_parts_text),
    autoUser: some(schemas/* strictObject */.rej({ scope: some(choice('task', 'pool')), elevationLevel: some(choice('nonadmin', 'admin')) }))
});
const taskSchema = startTask.pick({ environmentSettings: true }).extend({
    commandLine: schemas/* string */.YjP().min(1),
    resourceFiles: some(schemas/* array */.YOg(resourceFile)),
    userIdentity: some(parse_smoke_test_userIdentity),
    containerSettings: some(parse_smoke_test_containerSettings)
});
const SET_HERE = new Set([
    'id',
    'affinityInfo',
    'requiredSlots',
    'constraints',
    'dependsOn',
    'multiInstanceSettings',
    'exitConditions'
]);
function parseSmokeTest(reader, { env }) {
    const isSent = reader.text('dry-run').trim() !== 'true';
    const task = reader.takeOptional('smoke-test', given => parseTask(given, isSent ? env : undefined));
    const timeoutMs = reader.take('smoke-test-timeout', given => parseDuration(given, '1m', '1d'));
    return task && { task, timeoutMs };
}
function parseTask(given, env) {
    const isJson = given.startsWith('{');
    const task = isJson ? readTask(given) : { commandLine: given };
    const problems = [...problemsBy(taskSchema, task, parse_smoke_test_unknownProperty), ...valueProblems(task, env)];
    if (problems.length > 0)
        throw new AggregateError(problems.map(({ path, message }) => new Error(parse_smoke_test_lineOf(isJson ? path : [], message))));
    return task;
}
function readTask(given) {
    try {
        const value = JSON.parse(given);
        if ((0,model_json/* isJsonObject */.OW)(value))
            return value;
    }
    catch (error) {
        throw new Error(`is neither a command line nor JSON: ${(0,shared_text/* messageOf */.bD)(error)}`, { cause: error });
    }
    throw new Error('is JSON, and no task; a task is an object with commandLine');
}
function parse_smoke_test_unknownProperty(key, path) {
    const isSet = path.length === 0 && SET_HERE.has(key);
    const known = keysAt(taskSchema, path);
    const message = isSet
        ? 'is set by the action; leave it out'
        : `is not taken in a smoke test${(0,shared_text/* didYouMean */.au)(key, known)}; known here: ${known.join(', ')}`;
    return { path: [...path, key], message };
}
const parse_smoke_test_lineOf = (path, message) => (path.length === 0 ? message : `${pathText(path)}: ${message}`);

;// CONCATENATED MODULE: ./build/inputs/parse-rollout.js








function parseRollouts(reader, files, publishTo) {
    const allowRetired = reader.take('allow-retired', parseBoolean);
    const refuseRetired = allowRetired === false;
    if (publishTo?.kind === 'managed' && refuseRetired) {
        reader.complain('publish-to', `"${publishTo.imageId}" is a managed image; ${RETIRED}`);
    }
    const takesImage = reader.command !== 'release';
    const given = takesImage ? reader.takeOptional('image-id', text => parseGivenImage(text, !refuseRetired)) : undefined;
    const managedImage = publishTo?.kind === 'managed' || (takesImage && isManagedImageId(reader.text('image-id').trim()));
    const pools = parsePools(reader, { allowRetired: !refuseRetired, managedImage, files });
    const waves = parseWaves(reader, files, publishTo);
    const force = takesImage ? reader.take('force', parseBoolean) : false;
    return pools.map(pool => ({
        batchAccountId: pool.batchAccountId,
        poolName: pool.name,
        poolFrom: pool.from,
        pool: pool.body,
        ...defined({ leftAside: pool.leftAside }),
        ...chooseImage(reader, given, pool),
        ...waves,
        allowRetired,
        force
    }));
}
function parseWaves(reader, files, publishTo) {
    const duration = (min, max) => (text) => parseDuration(text, min, max);
    return {
        imageChange: reader.take('image-change', text => parseChoice(text, IMAGE_CHANGES)),
        ...parseProof(reader, files, publishTo),
        onFailure: reader.take('on-failure', text => parseChoice(text, ON_FAILURES)),
        waveSize: reader.take('wave-size', parseWaveSize),
        ...defined({ resizeTimeoutMs: reader.takeOptional('resize-timeout', duration('5m', '5d')) }),
        nodeTimeoutMs: reader.take('node-timeout', duration('5m', '5d')),
        repairAttempts: reader.take('repair-attempts', text => parseCount(text, 0)),
        resizeAttempts: reader.take('resize-attempts', text => parseCount(text, 1)),
        maxUnhealthy: reader.take('max-unhealthy', parseMaxUnhealthy),
        bakeMs: reader.take('bake', text => (text === '0' || (0,shared_duration/* parseDurationMs */.y)(text) === 0 ? 0 : duration('1m', '1d')(text))),
        refreshNodes: reader.take('refresh-nodes', text => parseChoice(text, REFRESHES)),
        drain: reader.take('drain', text => parseChoice(text, ['task-completion', 'requeue', 'terminate'])),
        drainTimeoutMs: reader.take('drain-timeout', duration('5m', '5d'))
    };
}
function parseProof(reader, files, publishTo) {
    const prove = reader.take('prove', text => parseChoice(text, PROVES));
    const canaryNodes = reader.take('canary-nodes', text => parseCount(text, 0));
    if (prove === 'canary' && canaryNodes === 0) {
        reader.complain('prove', 'is "canary", and canary-nodes is 0; ask for at least one node, or say prove: none');
    }
    const smokeTest = parseSmokeTest(reader, files);
    if (smokeTest !== undefined && (prove === 'none' || (prove === 'auto' && canaryNodes === 0))) {
        const why = prove === 'none' ? 'prove is "none"' : 'canary-nodes is 0, so that a new pool has no first wave';
        reader.complain('smoke-test', `has no node to run on: ${why}; let nodes prove the image first, or leave it out`);
    }
    const stopAfter = reader.takeOptional('stop-after', text => parseChoice(text, STOPS));
    if (stopAfter === 'proof')
        checkStop(reader, prove, publishTo);
    return { prove, canaryNodes, ...defined({ smokeTest, stopAfter }) };
}
function checkStop(reader, prove, publishTo) {
    if (prove === 'canary' || prove === 'none') {
        reader.complain('stop-after', `is "proof", and prove is "${prove}", so that nothing is proved before the pool is changed; say prove: temporary-pool, or leave stop-after out`);
    }
    if (publishTo?.kind === 'gallery' && publishTo.promote === 'now') {
        reader.complain('stop-after', 'is "proof", which keeps the image hidden, and promote is "now"; say promote: when-proved, or leave stop-after out');
    }
}
function chooseImage(reader, given, { from, pinnedImageId: pinned }) {
    if (reader.command === 'release' && pinned !== undefined) {
        reader.complain(from, `pins the image "${pinned}", and command "release" makes another; leave imageReference out, or roll the pinned one ` +
            'out with command "rollout"');
    }
    if (reader.command !== 'rollout')
        return {};
    if (!reader.isGiven('image-id') && pinned === undefined) {
        const wayOut = from === 'pool' ? '' : ', or a pool spec that pins an image';
        reader.complain('image-id', `is missing; command "rollout" needs it${wayOut}`);
    }
    if (given !== undefined && pinned !== undefined && !mayAgree(given, pinned)) {
        const says = 'imageId' in given ? given.imageId : `${given.latestProvedOf}/latest-proved`;
        reader.complain('image-id', `"${says}" is not the image "${pinned}" that ${from} pins; leave one of them out`);
    }
    if (given !== undefined)
        return { ...(pinned !== undefined && { imageId: pinned }), ...given, imageFrom: 'image-id' };
    return pinned === undefined || from === 'pool' ? {} : { imageId: pinned, imageFrom: from };
}
function mayAgree(given, pinned) {
    if ('imageId' in given)
        return (0,arm_id/* sameId */.s)(given.imageId, pinned);
    return !isManagedImageId(pinned) && (0,arm_id/* sameId */.s)((0,arm_id/* parentId */.A1)(pinned), given.latestProvedOf);
}

// EXTERNAL MODULE: ./build/rules/run-tags.js
var run_tags = __webpack_require__(52527);
;// CONCATENATED MODULE: ./build/rules/versions.js


const IS_VERSION = /^\d+\.\d+\.\d+$/;
function chooseVersion(question) {
    const { asked, key, versions, snapshots, context } = question;
    if (asked !== 'auto')
        return { version: asked, reason: 'image-version names it' };
    const left = versions
        .filter(version => version.tags[run_tags/* TAG */.Dk.state] !== 'failed' && (isFresh(version, question) || isWaiting(version, question)))
        .toSorted((a, b) => compareVersions((0,arm_id/* nameOf */.Vb)(b.versionId), (0,arm_id/* nameOf */.Vb)(a.versionId)))[0];
    if (left !== undefined) {
        return { version: (0,arm_id/* nameOf */.Vb)(left.versionId), reason: `${(0,run_tags/* originOf */.yv)(left.tags)} ${didWith(left.tags)}` };
    }
    const taken = new Set(versions.map(version => (0,arm_id/* nameOf */.Vb)(version.versionId)));
    const begun = snapshots
        .filter(snapshot => isUsable(snapshot, { key, context, at: question.at }))
        .flatMap(snapshot => {
        const version = snapshot.tags[run_tags/* TAG */.Dk.version];
        return version === undefined || !IS_VERSION.test(version) || taken.has(version)
            ? []
            : [{ version, origin: (0,run_tags/* originOf */.yv)(snapshot.tags) }];
    })
        .toSorted((a, b) => compareVersions(b.version, a.version))[0];
    if (begun !== undefined)
        return { version: begun.version, reason: `${begun.origin} had begun its snapshots` };
    const next = nextOfTheDay(question.at, [...taken, ...snapshots.flatMap(({ tags }) => tags[run_tags/* TAG */.Dk.version] ?? [])]);
    return { version: next, reason: 'the next of the day (UTC)' };
}
function didWith(tags) {
    if (tags[run_tags/* TAG */.Dk.state] === 'stopped')
        return 'stopped when it was proved';
    return tags[run_tags/* TAG */.Dk.state] === 'complete' ? 'has made it' : 'left it unfinished';
}
function isWaiting({ versionId, tags }, { key, context, goesOn, versions }) {
    if (!goesOn || tags[run_tags/* TAG */.Dk.state] !== 'stopped' || tags[run_tags/* TAG */.Dk.proved] !== undefined || !(0,run_tags/* mayTakeUp */.CY)(tags, key, context))
        return false;
    const name = (0,arm_id/* nameOf */.Vb)(versionId);
    return versions.every(other => other.tags[run_tags/* TAG */.Dk.key] !== key || compareVersions((0,arm_id/* nameOf */.Vb)(other.versionId), name) <= 0);
}
const FRESH_MS = 24 * 3_600_000;
function isUsable({ tags, timeCreated }, { key, context, at }) {
    return isFresh({ tags, publishedAt: timeCreated }, { key, context, at });
}
function isFresh({ tags, publishedAt }, { key, context, at }) {
    if (!(0,run_tags/* mayTakeUp */.CY)(tags, key, context))
        return false;
    return (0,run_tags/* isOfRun */.NG)(tags, context) || publishedAt === undefined || at - Date.parse(publishedAt) < FRESH_MS;
}
const LARGEST_PART = 2 ** 31 - 1;
function nextOfTheDay(at, taken) {
    const date = new Date(at);
    const day = `${date.getUTCFullYear()}.${(date.getUTCMonth() + 1) * 100 + date.getUTCDate()}.`;
    const numbers = taken
        .filter(version => version.startsWith(day))
        .map(version => Number(version.slice(day.length)))
        .filter(number => number < LARGEST_PART);
    return `${day}${Math.max(0, ...numbers) + 1}`;
}
function compareVersions(a, b) {
    const [left, right] = [a, b].map(version => version.split('.').map(Number));
    for (const [index, part] of left.entries()) {
        const difference = part - (right[index] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}

;// CONCATENATED MODULE: ./build/rules/latest-proved.js




function newestFirst(versions) {
    return versions.toSorted((a, b) => compareVersions((0,arm_id/* nameOf */.Vb)(b.versionId), (0,arm_id/* nameOf */.Vb)(a.versionId)));
}
function whyNotProved(version, { at, region }) {
    const { tags, provisioningState, endOfLifeDate, targetRegions, replication } = version;
    if (tags[run_tags/* TAG */.Dk.state] === 'failed')
        return 'marked as failed';
    if (tags[run_tags/* TAG */.Dk.proved] === undefined)
        return 'not proved';
    if (provisioningState !== 'Succeeded' && provisioningState !== 'Updating')
        return provisioningState;
    if (endOfLifeDate !== undefined && Date.parse(endOfLifeDate) <= at)
        return 'past the end of life';
    if (region === undefined)
        return undefined;
    if (!targetRegions.some(target => (0,model_region/* sameRegion */.Z)(target.region, region)))
        return `not in ${region}`;
    const state = replication?.regions.find(row => (0,model_region/* sameRegion */.Z)(row.region, region))?.state;
    return state === undefined || state === 'Completed' ? undefined : `${state} in ${region}`;
}

// EXTERNAL MODULE: ./build/azure/errors.js
var errors = __webpack_require__(42721);
;// CONCATENATED MODULE: ./build/observe/former-image.js


const READ = 'Microsoft.Compute/galleries/images/versions/read';
async function formerImagePart({ version }, spec, pool) {
    const { rollout } = spec;
    const id = pool?.imageId;
    if (rollout === undefined || id === undefined || rollout.onFailure === 'keep' || rollout.imageChange === 'refuse')
        return {};
    if (!(0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Compute/galleries/images/versions') || isAsked(spec, id))
        return {};
    return { formerVersion: await looked(version(id)) };
}
function isAsked({ image, rollout }, id) {
    if (image === undefined)
        return rollout?.imageId !== undefined && (0,arm_id/* sameId */.s)(rollout.imageId, id);
    if (image.publishTo.kind !== 'gallery')
        return false;
    const { galleryImageId, version } = image.publishTo;
    return version !== 'auto' && (0,arm_id/* sameId */.s)((0,arm_id/* childId */._U)(galleryImageId, 'versions', version), id);
}
async function looked(read) {
    try {
        return { found: await read };
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M))
            throw error;
        return { unread: { action: READ, why: `Azure answered "${error.code}"` } };
    }
}

;// CONCATENATED MODULE: ./build/model/account-access.js
function allowsEntra({ allowedAuthenticationModes: modes }) {
    return modes === undefined || modes.includes('AAD');
}
function isRestricted({ network }) {
    return network.publicAccess.toLowerCase() !== 'enabled' || network.account !== undefined;
}
function explainsRefusal(account, status) {
    if (status === undefined)
        return isRestricted(account);
    return (status === 401 || status === 403) && (isRestricted(account) || !allowsEntra(account));
}

;// CONCATENATED MODULE: ./build/observe/shared-reads.js


function sharedReads({ batch, batchService, gallery, compute, named }) {
    return {
        account: once(id => batch.getAccount(id)),
        pools: once(id => batch.listPools(id)),
        vmSizes: once(({ subscriptionId, location }) => batch.listVmSizes(subscriptionId, location), ({ subscriptionId, location }) => `${subscriptionId} ${location}`),
        supportedImages: once(account => unlessRefused(account, batchService(account.accountEndpoint).listSupportedImages()), ({ accountEndpoint }) => accountEndpoint),
        version: once(id => gallery.getVersion(id, { replication: true })),
        galleryImage: once(id => gallery.getGalleryImage(id)),
        definition: once(id => definitionOf(gallery, id)),
        managedImage: once(id => compute.getManagedImage(id)),
        named: {
            getVirtualNetwork: once(id => named.getVirtualNetwork(id)),
            getIdentity: once(id => named.getIdentity(id)),
            getPackage: once(reference => named.getPackage(reference), reference => Object.values(reference).join(' ')),
            getPublicIP: once(id => named.getPublicIP(id)),
            getEncryptionSet: once(id => named.getEncryptionSet(id))
        }
    };
}
function once(read, keyOf = String) {
    const made = new Map();
    return of => {
        const key = keyOf(of).toLowerCase();
        const found = made.get(key) ?? read(of);
        made.set(key, found);
        return found;
    };
}
async function definitionOf(gallery, id) {
    const [found, listed] = await Promise.all([gallery.getGalleryImage(id), gallery.listVersions(id)]);
    const galleryImage = found ?? (listed.length > 0 ? await gallery.getGalleryImage(id) : undefined);
    const versions = listed.length === 0 && found !== undefined ? await gallery.listVersions(id) : listed;
    return { ...(galleryImage && { galleryImage }), versions };
}
async function unlessRefused(account, read) {
    try {
        return { supportedImages: await read };
    }
    catch (error) {
        if (!(error instanceof errors/* AzureError */.M) || !explainsRefusal(account, error.status))
            throw error;
        return { serviceRefused: error.message };
    }
}

;// CONCATENATED MODULE: ./build/observe/sources.js
const SOURCES = {
    'source-vm': ({ compute }, { id }) => compute.getSource(id)
};

// EXTERNAL MODULE: ./build/model/named-by-pool.js
var named_by_pool = __webpack_require__(86328);
;// CONCATENATED MODULE: ./build/observe/observe-named.js


function regionsPart({ named }, { publishTo }) {
    if (publishTo.kind !== 'gallery' || publishTo.targetRegions.length === 0)
        return [];
    return [named.listRegions((0,arm_id/* subscriptionOf */.XD)(publishTo.galleryImageId)).then(regions => ({ regions }))];
}
function groupsPart({ named }, { source, publishTo, workResourceGroup }) {
    const asked = [
        ...(workResourceGroup === undefined
            ? []
            : [
                { input: 'work-resource-group', name: workResourceGroup, subscriptionId: (0,arm_id/* subscriptionOf */.XD)(source.id) }
            ]),
        ...(publishTo.kind === 'gallery'
            ? []
            : [
                {
                    input: 'publish-to',
                    name: (0,arm_id/* resourceGroupOf */.Tp)(publishTo.imageId),
                    subscriptionId: (0,arm_id/* subscriptionOf */.XD)(publishTo.imageId)
                }
            ])
    ];
    if (asked.length === 0)
        return [];
    const looks = observe_named_each(asked, async ({ input, name, subscriptionId }) => ({
        input,
        name,
        looked: await named.getResourceGroup(subscriptionId, name)
    }));
    return [looks.then(groups => ({ groups }))];
}
function namedPart({ named }, { pool }) {
    const { subnetId, identityIds, packages, publicIPIds, encryptionSetIds } = (0,named_by_pool/* namedByPool */.h)(pool);
    const others = [identityIds, packages, publicIPIds, encryptionSetIds];
    if (subnetId === undefined && others.every(list => list.length === 0))
        return [];
    const looks = Promise.all([
        subnetId === undefined ? undefined : named.getVirtualNetwork((0,arm_id/* parentId */.A1)(subnetId)),
        observe_named_each(identityIds, async (id) => ({ id, looked: await named.getIdentity(id) })),
        observe_named_each(packages, async (reference) => ({ ...reference, looked: await named.getPackage(reference) })),
        observe_named_each(publicIPIds, async (id) => ({ id, looked: await named.getPublicIP(id) })),
        observe_named_each(encryptionSetIds, async (id) => ({ id, looked: await named.getEncryptionSet(id) }))
    ]);
    return [
        looks.then(([network, identities, packages, publicIPs, encryptionSets]) => ({
            named: { ...(network && { network }), identities, packages, publicIPs, encryptionSets }
        }))
    ];
}
const observe_named_each = (items, look) => Promise.all(items.map(look));

;// CONCATENATED MODULE: ./build/observe/observe.js









async function observeRun(azure, run, at) {
    const specs = specsOf(run);
    const shared = sharedReads(azure);
    const [image, ...pools] = await Promise.all([
        run.image === undefined
            ? []
            : Promise.all([
                ...imageParts(azure, run.image),
                ...regionsPart(azure, run.image),
                ...groupsPart(azure, run.image)
            ]),
        ...specs.map(spec => poolParts(azure, { spec, at, shared }))
    ]);
    return pools.map(parts => Object.assign(nothingSeen(at), ...[...image, ...parts].map(observe_defined)));
}
const nothingSeen = (at) => ({
    at,
    snapshots: [],
    versions: [],
    nodes: [],
    otherPools: [],
    supportedImages: [],
    vmSizes: []
});
async function poolParts(azure, { spec, at, shared }) {
    if (spec.rollout === undefined)
        return [];
    const account = shared.account(spec.rollout.batchAccountId);
    return Promise.all([
        rolloutPart(azure, spec, { rollout: spec.rollout, into: account, shared }),
        ...namedPart(shared, spec.rollout),
        ...(spec.image === undefined ? [givenPart(shared, spec.rollout, { account, at })] : [])
    ]);
}
function observe_defined(part) {
    return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}
function imageParts(azure, image) {
    const { source, publishTo, workResourceGroup } = image;
    const group = workResourceGroup ?? (0,arm_id/* resourceGroupOf */.Tp)(source.id);
    return [
        SOURCES[source.input](azure, source).then(found => ({ source: found })),
        azure.compute.listSnapshots((0,arm_id/* subscriptionOf */.XD)(source.id), group).then(snapshots => ({ snapshots })),
        publishTo.kind === 'gallery'
            ? galleryPart(azure, image, publishTo)
            : azure.compute.getManagedImage(publishTo.imageId).then(managedImage => ({ managedImage }))
    ];
}
async function galleryPart({ gallery }, image, { galleryImageId, version }) {
    const [found, { galleryImage, versions }] = await Promise.all([
        gallery.getGallery((0,arm_id/* parentId */.A1)(galleryImageId)),
        definitionOf(gallery, galleryImageId)
    ]);
    const there = found === undefined ? { exists: false } : { exists: true, ...found };
    const key = (0,run_tags/* imageKey */.p2)(image);
    const mayBeMeant = (one) => one.tags[run_tags/* TAG */.Dk.key] === key && (version === 'auto' || (0,arm_id/* nameOf */.Vb)(one.versionId) === version);
    const meant = versions
        .filter(mayBeMeant)
        .toSorted((a, b) => compareVersions((0,arm_id/* nameOf */.Vb)(b.versionId), (0,arm_id/* nameOf */.Vb)(a.versionId)))[0];
    const looked = meant !== undefined && mayHaveFailedRegion(meant) ? await withReplication(gallery, meant) : meant;
    return { gallery: there, galleryImage, versions: versions.map(one => (one === meant ? looked : one)) };
}
async function withReplication(gallery, version) {
    return (await gallery.getVersion(version.versionId, { replication: true })) ?? version;
}
function mayHaveFailedRegion({ provisioningState, targetRegions }) {
    return provisioningState === 'Failed' || targetRegions.length > 1;
}
async function givenPart(shared, rollout, where) {
    const { latestProvedOf, imageId } = rollout;
    if (latestProvedOf !== undefined)
        return latestProvedPart(shared, latestProvedOf, where);
    return imageId === undefined ? {} : givenImagePart(shared, imageId);
}
async function latestProvedPart(shared, id, { account, at }) {
    const [{ galleryImage, versions }, found] = await Promise.all([shared.definition(id), account]);
    const where = { at, region: found?.location };
    const passedOver = [];
    for (const listed of newestFirst(versions)) {
        const { versionId } = listed;
        const seems = whyNotProved(listed, where);
        const version = seems === undefined ? await shared.version(versionId) : listed;
        const why = seems ?? (version === undefined ? 'gone' : whyNotProved(version, where));
        if (why === undefined) {
            const latestProved = { versions: versions.length, versionId, passedOver };
            return { rolloutVersion: version, rolloutDefinition: galleryImage, latestProved };
        }
        passedOver.push({ versionId, why });
    }
    return { rolloutDefinition: galleryImage, latestProved: { versions: versions.length, passedOver } };
}
async function givenImagePart(shared, imageId) {
    if ((0,arm_id/* isArmIdOf */.p_)(imageId, 'Microsoft.Compute/images')) {
        return { managedImage: await shared.managedImage(imageId) };
    }
    const [rolloutVersion, rolloutDefinition] = await Promise.all([
        shared.version(imageId),
        shared.galleryImage((0,arm_id/* parentId */.A1)(imageId))
    ]);
    return { rolloutVersion, rolloutDefinition };
}
function managedImageOf(spec) {
    if (spec.image !== undefined)
        return spec.image.publishTo.kind === 'managed';
    const { latestProvedOf, imageId } = spec.rollout;
    return latestProvedOf === undefined && imageId !== undefined && (0,arm_id/* isArmIdOf */.p_)(imageId, 'Microsoft.Compute/images');
}
async function rolloutPart(azure, spec, { rollout, into, shared }) {
    const { batchAccountId, poolName } = rollout;
    const managed = managedImageOf(spec);
    const poolId = (0,arm_id/* childId */._U)(batchAccountId, 'pools', poolName);
    const account = await into;
    if (account === undefined)
        return {};
    const found = azure.batch.getPool(poolId, managed ? '2019-08-01' : '2025-06-01');
    const [pools, pool, former, vmSizes, fromService] = await Promise.all([
        shared.pools(batchAccountId),
        found,
        found.then(there => formerImagePart(shared, spec, there)),
        shared.vmSizes({ subscriptionId: (0,arm_id/* subscriptionOf */.XD)(batchAccountId), location: account.location }),
        servicePart(azure.batchService(account.accountEndpoint), shared.supportedImages(account), { rollout, found })
    ]);
    const otherPools = pools.filter(other => !(0,arm_id/* sameId */.s)(other.poolId, poolId));
    return { account, pool, ...former, otherPools, vmSizes, ...fromService };
}
async function servicePart(service, supported, { rollout, found }) {
    const { poolName, imageChange } = rollout;
    const [images, pool] = await Promise.all([supported, found]);
    if ('serviceRefused' in images)
        return images;
    const there = pool !== undefined;
    const [nodes, activeWork] = await Promise.all([
        there && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0 ? service.listNodes(poolName) : [],
        there && imageChange === 'auto' ? service.activeWork(poolName) : undefined
    ]);
    return { ...images, nodes, activeWork };
}

// EXTERNAL MODULE: ./build/model/step.js
var model_step = __webpack_require__(71710);
;// CONCATENATED MODULE: ./build/plan/checks/of-pool.js
function ofPool(check) {
    return situation => (situation.pool === undefined ? undefined : check(situation.pool, situation));
}
function vmSizeOf({ properties }, { observed }) {
    const name = String(properties.vmSize ?? observed.pool?.vmSize ?? '').toLowerCase();
    return observed.vmSizes.find(size => size.name.toLowerCase() === name);
}

;// CONCATENATED MODULE: ./build/plan/checks/rule.js
const error = (message, wayOut) => ({ severity: 'error', message, wayOut });
const warning = (message, wayOut) => ({ severity: 'warning', message, wayOut });
const note = (message, wayOut) => ({ severity: 'note', message, wayOut });
const PAGE = {
    galleryPools: 'learn.microsoft.com/azure/batch/batch-sig-images (2024-03)',
    managedImagePools: 'learn.microsoft.com/azure/batch/batch-custom-images (2019-09)',
    retirement: 'learn.microsoft.com/azure/batch/batch-custom-image-pools-to-azure-compute-gallery-migration-guide (2023-03)',
    resizing: 'learn.microsoft.com/troubleshoot/azure/hpc/batch/azure-batch-pool-resizing-failure (2024-02)',
    gallery: 'learn.microsoft.com/azure/virtual-machines/azure-compute-gallery',
    imageVersion: 'learn.microsoft.com/azure/virtual-machines/image-version',
    trustedLaunch: 'learn.microsoft.com/azure/virtual-machines/trusted-launch',
    autoScale: 'learn.microsoft.com/azure/batch/batch-automatic-scaling',
    batchQuota: 'learn.microsoft.com/azure/batch/batch-quota-limit',
    batchContract: 'Microsoft.Batch resource manager contract, 2024-07-01',
    diskEncryption: 'learn.microsoft.com/azure/virtual-machines/linux/disk-encryption-linux'
};
const CONFIDENTIAL = 'learn.microsoft.com/azure/confidential-computing/create-confidential-vm-from-compute-gallery (2022-07)';
function runRules(rules, situation) {
    return rules.flatMap(({ id, source, check }) => {
        const verdicts = check(situation) ?? [];
        return (Array.isArray(verdicts) ? verdicts : [verdicts]).map(verdict => ({
            rule: id,
            source,
            ...verdict
        }));
    });
}

;// CONCATENATED MODULE: ./build/plan/checks/access-rules.js





const SOURCE = 'learn.microsoft.com/azure/batch/public-network-access';
const ACCESS_RULES = [
    {
        id: 'account-reachable',
        source: SOURCE,
        check: ({ observed: { account, serviceRefused } }) => account === undefined || serviceRefused === undefined || !isRestricted(account)
            ? undefined
            : error(`batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" ${restrictionOf(account)}, and refuses this runner: ${serviceRefused}`, wayIn(account))
    },
    {
        id: 'nodes-reach-account',
        source: SOURCE,
        check: ofPool((wanted, { observed }) => {
            const { account, pool } = observed;
            if (account === undefined || !isClosedToNodes(account))
                return undefined;
            const network = networkOf(wanted, pool?.body);
            const about = `batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" closes its node management endpoint to the public network`;
            if (network.subnetId === undefined) {
                return warning(`${about}, and the pool is in no virtual network; its nodes may never be ready`, 'give the pool a subnet (networkConfiguration.subnetId) of a network with a private endpoint for nodeManagement');
            }
            return account.network.privateEndpoints.some(group => group.toLowerCase() === 'nodemanagement')
                ? undefined
                : warning(`${about}, and has no approved private endpoint for it; nodes may never be ready`, 'make a private endpoint for nodeManagement in the pool’s virtual network');
        })
    }
];
function restrictionOf({ network }) {
    if (network.publicAccess !== 'Enabled')
        return `has publicNetworkAccess "${network.publicAccess}"`;
    const count = network.account?.allowed.length ?? 0;
    return count === 0
        ? 'lets no address in by its network rules'
        : `lets in ${count} ${count === 1 ? 'address or range' : 'addresses or ranges'} alone`;
}
function wayIn({ network }) {
    const inside = 'run the job on a self-hosted runner in a virtual network with a private endpoint for batchAccount';
    if (network.publicAccess === 'SecuredByPerimeter')
        return `${inside}, or add an inbound rule for the runner to the perimeter`;
    return network.publicAccess === 'Disabled'
        ? inside
        : `add the runner’s public address to the account’s network rules, which takes some minutes to count; a hosted runner has another each time: ${inside}`;
}
function isClosedToNodes({ network }) {
    return network.publicAccess === 'Disabled' || network.nodeManagement?.allowed.length === 0;
}
function networkOf({ properties }, present) {
    const own = properties.networkConfiguration;
    if ((0,model_json/* isJsonObject */.OW)(own))
        return own;
    const former = (0,model_json/* isJsonObject */.OW)(present?.properties) ? present.properties.networkConfiguration : undefined;
    return (0,model_json/* isJsonObject */.OW)(former) ? former : {};
}

;// CONCATENATED MODULE: ./build/plan/image/security.js
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

;// CONCATENATED MODULE: ./build/plan/image/image-body.js


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
            identifier: { publisher: 'batch-image-rollout', offer: source.osType, sku: (0,arm_id/* nameOf */.Vb)(galleryImageId) },
            ...(plan === undefined ? {} : { purchasePlan: { ...plan } }),
            features: [{ name: 'SecurityType', value: securityTypeOf(source) }]
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
    const encryption = regionEncryption(source);
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
            sourceVirtualMachine: { id: source.id }
        }
    };
}

;// CONCATENATED MODULE: ./build/plan/node-agent.js


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
    const tag = (rolloutVersion ?? managedImage)?.tags[run_tags/* TAG */.Dk.baseImage];
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
    const deployment = (0,model_json/* isJsonObject */.OW)(properties) ? properties.deploymentConfiguration : undefined;
    const vm = (0,model_json/* isJsonObject */.OW)(deployment) ? deployment.virtualMachineConfiguration : undefined;
    return (0,model_json/* isJsonObject */.OW)(vm) ? vm : undefined;
}

// EXTERNAL MODULE: ./build/model/pool-contract.js + 1 modules
var pool_contract = __webpack_require__(44561);
// EXTERNAL MODULE: ./build/rules/body-difference.js + 1 modules
var body_difference = __webpack_require__(69682);
// EXTERNAL MODULE: ./build/rules/pool-body.js + 1 modules
var pool_body = __webpack_require__(23333);
// EXTERNAL MODULE: ./build/rules/pool-metadata.js
var pool_metadata = __webpack_require__(65956);
;// CONCATENATED MODULE: ./build/plan/pool/difference.js






const WITH_NODES = new Set(['startTask', 'applicationPackages', 'metadata', 'tags']);
function poolDifferences(wanted, pool) {
    return allDifferences(wanted, pool).filter(row => !(0,pool_metadata/* isUnmade */.hL)(pool.metadata, row));
}
function unmadeDifferences(wanted, pool) {
    return allDifferences(wanted, pool).filter(row => (0,pool_metadata/* isUnmade */.hL)(pool.metadata, row));
}
function allDifferences(wanted, pool) {
    const rows = (0,pool_body/* writtenDifferences */._k)(wantedBody(wanted), pool).map(row => withMarketplaceImage(row, pool));
    return [...rows.map(row => ({ ...row, needs: needsOf(wanted, row.path) })), ...metadataDifferences(wanted, pool)];
}
function withMarketplaceImage(row, { body }) {
    if (row.present !== undefined || !row.path.endsWith('imageReference.id'))
        return row;
    const reference = (0,model_json/* objectOf */.Xy)(virtualMachineConfigurationOf(body.properties)?.imageReference);
    const names = ['publisher', 'offer', 'sku', 'version'].flatMap(name => reference[name] ?? []);
    return names.length === 0 ? row : { ...row, present: names.join(':') };
}
function wantedBody({ properties, spec }) {
    const { properties: _written, ...beside } = spec.pool;
    return { properties, ...beside };
}
function needsOf(wanted, path) {
    if (path !== 'identity' && WITH_NODES.has(topLevelName(path)))
        return 'patch';
    return wanted.managed && path !== 'identity' ? 'another-pool' : 'zero-nodes';
}
function changedBody(wanted, differences) {
    const { properties, ...beside } = wantedBody(wanted);
    const names = new Set(differences.map(({ path }) => topLevelName(path)));
    const changed = (body) => Object.fromEntries(Object.entries(body).filter(([name]) => names.has(name)));
    return { ...changed(beside), properties: changed((0,model_json/* objectOf */.Xy)(properties)) };
}
const topLevelName = (path) => path.split(/[.[]/)[0] ?? path;
function metadataDifferences({ spec }, pool) {
    const wanted = (0,pool_metadata/* specItems */.O5)(spec.pool.properties);
    if (wanted === undefined)
        return [];
    const present = (0,pool_metadata/* foreignItems */.bL)(pool.metadata);
    const rows = (0,body_difference/* bodyDifferences */.VV)({ shape: pool_contract/* POOL_METADATA */.XB, path: 'metadata' }, { present, wanted });
    return rows.length === 0
        ? []
        : [{ path: 'metadata', present: present.map(({ name }) => name), wanted, needs: 'patch' }];
}
function changedThings(differences) {
    const word = ({ path }) => path.endsWith('imageReference.id')
        ? 'image'
        : path.replace('deploymentConfiguration.virtualMachineConfiguration.', '');
    return [...new Set(differences.map(word))].join(', ');
}

;// CONCATENATED MODULE: ./build/plan/checks/chosen-disks.js
function chosenDisks(source, { spec }) {
    const wanted = spec.image?.dataDisks;
    const data = source.dataDisks.filter(({ lun }) => wanted === 'all' || (Array.isArray(wanted) && wanted.includes(lun)));
    return [source.osDisk, ...data];
}

;// CONCATENATED MODULE: ./build/plan/checks/as-it-will-be.js








function fitOf(wanted, situation) {
    const { pool, account, vmSizes } = situation.observed;
    const present = (0,model_json/* isJsonObject */.OW)(pool?.body.properties) ? pool.body.properties : {};
    const properties = merged(present, wanted.properties);
    const hasNodes = pool !== undefined && pool.currentDedicatedNodes + pool.currentLowPriorityNodes > 0;
    return {
        wanted,
        properties,
        virtualMachine: virtualMachineConfigurationOf(properties) ?? {},
        network: objectAt(properties, 'networkConfiguration'),
        size: vmSizeOf(wanted, situation),
        sizes: vmSizes,
        image: imageToBe(situation),
        account,
        goal: wanted.scale.kind === 'fixed' ? wanted.scale.goal : undefined,
        isNew: pool === undefined,
        isProved: hasNodes && poolDifferences(wanted, pool).length === 0
    };
}
function merged(present, wanted) {
    const both = Object.entries(wanted).map(([name, value]) => {
        const there = present[name];
        return [name, (0,model_json/* isJsonObject */.OW)(there) && (0,model_json/* isJsonObject */.OW)(value) ? merged(there, value) : value];
    });
    return { ...present, ...Object.fromEntries(both) };
}
function objectAt(json, ...path) {
    return path.reduce((inner, name) => ((0,model_json/* isJsonObject */.OW)(inner[name]) ? inner[name] : {}), json);
}
const listAt = (json, name) => {
    const list = json[name];
    return Array.isArray(list) ? list.filter(model_json/* isJsonObject */.OW) : [];
};
function imageToBe(situation) {
    const { spec, observed, version } = situation;
    if (spec.image === undefined) {
        const { rolloutVersion, rolloutDefinition, managedImage } = observed;
        if (managedImage !== undefined && rolloutVersion === undefined) {
            const { dataLuns, hyperVGeneration } = managedImage;
            return { dataLuns, ...(hyperVGeneration && { hyperVGeneration }) };
        }
        return { ...ofDefinition(rolloutDefinition), ...ofVersion(rolloutVersion) };
    }
    const there = observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
    if (situation.imageExists && there !== undefined) {
        return { ...ofDefinition(observed.galleryImage), ...ofVersion(there) };
    }
    const { source } = observed;
    if (source === undefined)
        return { dataLuns: [] };
    const made = ofSource(source, situation);
    if (spec.image.publishTo.kind === 'managed')
        return made;
    return { ...made, securityType: securityTypeOf(source), ...ofDefinition(observed.galleryImage) };
}
function ofSource(source, situation) {
    const [os, ...data] = chosenDisks(source, situation);
    const plan = planOf(source);
    return {
        dataLuns: data.map(disk => disk.lun ?? 0),
        hyperVGeneration: shapeOf(source).hyperVGeneration,
        ...(os?.disk?.architecture && { architecture: os.disk.architecture }),
        ...(os?.disk?.sizeGB === undefined ? {} : { osDiskGB: os.disk.sizeGB }),
        ...(plan && { plan })
    };
}
function ofDefinition(definition) {
    if (definition === undefined)
        return {};
    const { features, hyperVGeneration, architecture, purchasePlan } = definition;
    return {
        securityType: features.SecurityType ?? 'Standard',
        hyperVGeneration,
        architecture,
        ...(purchasePlan && { plan: purchasePlan })
    };
}
function ofVersion(version) {
    const storage = objectAt(version?.body ?? {}, 'properties', 'storageProfile');
    const { sizeInGB } = objectAt(storage, 'osDiskImage');
    const dataLuns = listAt(storage, 'dataDiskImages').flatMap(({ lun }) => (typeof lun === 'number' ? [lun] : []));
    return { dataLuns, ...(typeof sizeInGB === 'number' ? { osDiskGB: sizeInGB } : {}) };
}

;// CONCATENATED MODULE: ./build/plan/checks/fit-rule.js


function toRule({ id, source, check, ofScale }) {
    return {
        id,
        source,
        check: ofPool((wanted, situation) => {
            const fit = fitOf(wanted, situation);
            return fit.isProved && ofScale !== true ? undefined : check(fit, situation);
        })
    };
}

// EXTERNAL MODULE: ./build/rules/node-targets.js
var node_targets = __webpack_require__(19817);
;// CONCATENATED MODULE: ./build/plan/checks/network-fits.js



const INTER_NODE_LIMIT = { BatchService: 100, UserSubscription: 80 };
const NETWORK_FITS = [
    {
        id: 'inter-node-kinds',
        source: 'Batch’s own message: Azure/aztk#226 (2017)',
        ofScale: true,
        check: fit => isInterNode(fit) && fit.goal !== undefined && fit.goal.dedicated > 0 && fit.goal.lowPriority > 0
            ? error('pool-spec: interNodeCommunication is Enabled, and such a pool can’t have both dedicated and low-priority nodes', 'ask for one kind of nodes, or leave interNodeCommunication out')
            : undefined
    },
    {
        id: 'inter-node-nodes',
        source: PAGE.batchQuota,
        ofScale: true,
        check: fit => {
            const { account, goal } = fit;
            const mode = account?.poolAllocationMode === 'UserSubscription' ? 'UserSubscription' : 'BatchService';
            const limit = INTER_NODE_LIMIT[mode];
            return !isInterNode(fit) || goal === undefined || (0,node_targets/* totalOf */.e6)(goal) <= limit
                ? undefined
                : warning(`pool-spec: ${(0,node_targets/* totalOf */.e6)(goal)} nodes with interNodeCommunication; ${limit} are documented as the most for a pool of a ${mode} account`, `ask for ${limit} at most, or leave interNodeCommunication out`);
        }
    },
    {
        id: 'accelerated-networking',
        source: 'AcceleratedNetworkingEnabled in GET locations/{l}/virtualMachineSkus; Compute’s own message: kubernetes-sigs/cluster-api#1201',
        check: ({ network, size }) => network.enableAcceleratedNetworking === true && size?.acceleratedNetworking === false
            ? error(`pool-spec: enableAcceleratedNetworking is true, and vmSize "${size.name}" doesn’t have it`, 'leave it out, or choose a size that has it')
            : undefined
    },
    {
        id: 'public-addresses',
        source: `learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05); ${PAGE.batchContract}`,
        check: ({ network }) => {
            const { provision, ipAddressIds } = objectAt(network, 'publicIPAddressConfiguration');
            const addresses = Array.isArray(ipAddressIds) ? ipAddressIds.length : 0;
            const how = String(provision).toLowerCase();
            if (how === 'nopublicipaddresses')
                return withoutAddresses(network.subnetId, addresses);
            return how === 'usermanaged' ? withOwnAddresses(addresses) : undefined;
        }
    }
];
const isInterNode = ({ properties }) => String(properties.interNodeCommunication).toLowerCase() === 'enabled';
function withoutAddresses(subnetId, addresses) {
    const verdicts = [];
    if (subnetId === undefined) {
        verdicts.push(error('pool-spec: NoPublicIPAddresses without subnetId; such a pool must be in a virtual network of yours', 'add networkConfiguration.subnetId, or let Batch manage the addresses (BatchManaged)'));
    }
    if (addresses > 0) {
        verdicts.push(error('pool-spec: NoPublicIPAddresses with ipAddressIds; such a pool takes none', 'leave ipAddressIds out, or say provision: UserManaged'));
    }
    return verdicts;
}
function withOwnAddresses(addresses) {
    return addresses > 0
        ? undefined
        : error('pool-spec: public IP addresses are UserManaged, and ipAddressIds names none', 'name their ids, or let Batch manage the addresses (BatchManaged)');
}

;// CONCATENATED MODULE: ./build/plan/checks/security-fits.js


const SECURITY_FITS = [
    {
        id: 'security-type',
        source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}; Compute’s own messages: microsoft/STL#3159, Azure/azure-cli#27975`,
        check: fit => {
            const { securityType } = fit.image;
            return securityType === undefined ? undefined : againstImage(poolType(fit), securityType);
        }
    },
    {
        id: 'security-size',
        source: `${PAGE.trustedLaunch}; TrustedLaunchDisabled, ConfidentialComputingType in GET locations/{l}/virtualMachineSkus`,
        check: fit => {
            const type = poolType(fit);
            const { image, size, sizes } = fit;
            if (type === undefined)
                return undefined;
            const named = WORDS[type];
            if (image.hyperVGeneration === 'V1') {
                return error(`pool-spec: securityProfile asks for ${named} nodes, which need an image of generation 2, and this one is V1`, 'leave securityType out, or build the VM as one of generation 2');
            }
            const other = `choose a size that has ${named} nodes, or leave securityType out`;
            if (size === undefined)
                return undefined;
            if (size.hyperVGenerations !== undefined && !size.hyperVGenerations.includes('V2')) {
                return error(`pool-spec: vmSize "${size.name}" is of generation 1, and ${named} nodes need 2`, other);
            }
            const isListed = sizes.some(one => one.confidentialComputingType !== undefined);
            const lacks = type === 'trustedlaunch'
                ? size.trustedLaunchDisabled === true
                : isListed && size.confidentialComputingType === undefined;
            return lacks ? error(`pool-spec: vmSize "${size.name}" has no ${named} nodes`, other) : undefined;
        }
    },
    {
        id: 'confidential-disk',
        source: PAGE.batchContract,
        check: fit => {
            const { securityEncryptionType: type } = objectAt(fit.virtualMachine, 'osDisk', 'managedDisk', 'securityProfile');
            const isConfidential = poolType(fit) === 'confidentialvm';
            if (isConfidential === (type !== undefined))
                return undefined;
            return isConfidential
                ? error('pool-spec: confidential nodes without osDisk.managedDisk.securityProfile.securityEncryptionType, which they need', 'add it: VMGuestStateOnly, NonPersistedTPM or DiskWithVMGuestState')
                : error('pool-spec: osDisk.managedDisk.securityProfile.securityEncryptionType is for confidential nodes only', 'leave it out, or say securityProfile.securityType: confidentialVM');
        }
    }
];
const WORDS = { trustedlaunch: 'Trusted Launch', confidentialvm: 'confidential' };
function poolType({ virtualMachine }) {
    const text = String(objectAt(virtualMachine, 'securityProfile').securityType ?? '').toLowerCase();
    return text === 'trustedlaunch' || text === 'confidentialvm' ? text : undefined;
}
const ADD_TRUSTED_LAUNCH = 'add securityProfile: { securityType: trustedLaunch, uefiSettings: … } to virtualMachineConfiguration, with a vmSize that has it';
const ADD_CONFIDENTIAL = 'add securityProfile: { securityType: confidentialVM, … } and osDisk.managedDisk.securityProfile to virtualMachineConfiguration, with a vmSize that has it';
const LEAVE_OUT = 'leave securityType out, or roll out an image whose definition supports it';
const IMAGES = {
    standard: { also: [] },
    trustedlaunch: { only: 'trustedlaunch', also: [] },
    confidentialvm: { only: 'confidentialvm', also: [] },
    trustedlaunchsupported: { also: ['trustedlaunch'] },
    confidentialvmsupported: { also: ['confidentialvm'] },
    trustedlaunchandconfidentialvmsupported: { also: ['trustedlaunch', 'confidentialvm'] }
};
function againstImage(pool, ofImage) {
    const image = IMAGES[ofImage.toLowerCase()];
    if (image === undefined || pool === image.only)
        return undefined;
    const asks = pool === undefined ? 'has no securityProfile.securityType' : `asks for ${WORDS[pool]} nodes`;
    if (image.only !== undefined) {
        return error(`pool-spec: ${asks}, and the image is of security type ${ofImage}, of which only ${WORDS[image.only]} nodes are made`, image.only === 'trustedlaunch' ? ADD_TRUSTED_LAUNCH : ADD_CONFIDENTIAL);
    }
    if (pool === undefined || image.also.includes(pool))
        return undefined;
    const message = `pool-spec: ${asks}, and the image is of security type ${ofImage}`;
    return pool === 'trustedlaunch' && ofImage.toLowerCase() === 'standard'
        ? error(`${message}, of which none are made`, LEAVE_OUT)
        : warning(`${message}; nodes may not be made`, LEAVE_OUT);
}

;// CONCATENATED MODULE: ./build/plan/checks/size-fits.js



const EPHEMERAL = 'learn.microsoft.com/azure/batch/create-pool-ephemeral-os-disk (2025-03)';
const SIZE_FITS = [
    {
        id: 'ephemeral-nodes',
        source: `${EPHEMERAL}; learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)`,
        ofScale: true,
        check: fit => (isEphemeral(fit) ? [...ephemeralSize(fit), ...ephemeralSpot(fit)] : undefined)
    },
    {
        id: 'premium-storage',
        source: 'PremiumIO in GET locations/{l}/virtualMachineSkus; MicrosoftDocs/azure-docs#119870',
        check: ({ virtualMachine, size }) => {
            const disks = [
                ['osDisk', objectAt(virtualMachine, 'osDisk', 'managedDisk').storageAccountType],
                ...listAt(virtualMachine, 'dataDisks').map((disk) => [
                    `dataDisks[${String(disk.lun)}]`,
                    objectAt(disk, 'managedDisk').storageAccountType ?? disk.storageAccountType
                ])
            ];
            const premium = disks.filter(([, type]) => String(type).toLowerCase() === 'premium_lrs').map(([name]) => name);
            return size?.premiumStorage !== false || premium.length === 0
                ? undefined
                : error(`pool-spec: ${premium.join(', ')} on Premium_LRS, and vmSize "${size.name}" takes no premium storage`, 'choose Standard_LRS or StandardSSD_LRS, or a size that takes it (PremiumIO)');
        }
    },
    {
        id: 'data-disk-count',
        source: 'MaxDataDiskCount in GET locations/{l}/virtualMachineSkus',
        check: ({ virtualMachine, size, image }) => {
            const own = listAt(virtualMachine, 'dataDisks').length;
            const { length: ofImage } = image.dataLuns;
            return size?.maxDataDisks === undefined || own + ofImage <= size.maxDataDisks
                ? undefined
                : error(`pool-spec: ${ofImage} data disks of the image and ${own} of the pool; vmSize "${size.name}" takes ${size.maxDataDisks} at most`, 'choose a larger size, or leave disks out (data-disks, dataDisks)');
        }
    },
    {
        id: 'pool-data-disk-luns',
        source: 'Microsoft.Batch resource manager contract, 2024-07-01 (each disk has a LUN of its own); hashicorp/packer-plugin-azure#626 (2026); how Batch takes one that the image has: not documented',
        check: ({ virtualMachine, image }) => {
            const taken = listAt(virtualMachine, 'dataDisks').filter(({ lun }) => image.dataLuns.includes(Number(lun)));
            return taken.length === 0
                ? undefined
                : warning(`pool-spec: dataDisks have LUN ${taken.map(({ lun }) => String(lun)).join(', ')}, where the image has a data disk; nodes may not be made`, 'give the pool’s own data disks LUNs that the image leaves free, or leave the image’s out with data-disks');
        }
    },
    {
        id: 'os-disk-size',
        source: 'Compute’s own message: “The specified disk size … is smaller than the size of the corresponding disk in the VM image”',
        check: ({ virtualMachine, image }) => {
            const { diskSizeGB } = objectAt(virtualMachine, 'osDisk');
            return typeof diskSizeGB !== 'number' || image.osDiskGB === undefined || diskSizeGB >= image.osDiskGB
                ? undefined
                : error(`pool-spec: osDisk.diskSizeGB ${diskSizeGB} is below the ${image.osDiskGB} GiB of the image’s OS disk`, `leave it out, or ask for ${image.osDiskGB} at least`);
        }
    },
    {
        id: 'task-slots',
        source: PAGE.batchContract,
        check: ({ properties, size }) => {
            const slots = Number(properties.taskSlotsPerNode ?? properties.maxTasksPerNode ?? 1);
            return size?.vCpus === undefined || slots <= 4 * size.vCpus
                ? undefined
                : error(`pool-spec: ${slots} task slots for each node; 4 for each of the ${size.vCpus} vCPUs of "${size.name}" are the most`, `ask for ${4 * size.vCpus} at most, or for a larger size`);
        }
    },
    {
        id: 'vm-size-end-of-life',
        source: 'batchSupportEndOfLife in GET locations/{l}/virtualMachineSkus',
        check: ({ size }, { observed }) => {
            const end = size?.batchSupportEndOfLife;
            if (size === undefined || end === undefined || Date.parse(end) - observed.at > HALF_A_YEAR_MS)
                return undefined;
            const ended = Date.parse(end) <= observed.at;
            return warning(`pool-spec: Batch’s support of vmSize "${size.name}" ${ended ? 'ended' : 'ends'} on ${end.slice(0, 10)}${ended ? '; nodes may not be made' : ''}`, 'plan to move to a newer size');
        }
    },
    {
        id: 'purchase-plan',
        source: `${PAGE.galleryPools}: taken where the definition has the same plan; ${PAGE.managedImagePools}: not taken`,
        check: ({ wanted, image: { plan }, account }) => {
            if (plan === undefined)
                return undefined;
            const about = `image: its base image has the purchase plan "${describePlan(plan)}"`;
            const wayOut = 'build the VM from an image without a purchase plan, or use an account of the user-subscription mode';
            if (wanted.managed) {
                return error(`${about}; Batch takes managed images without one`, 'build the VM from an image without a purchase plan, or publish to a gallery');
            }
            return account?.poolAllocationMode === 'UserSubscription'
                ? note(`${about}, whose terms must be accepted in the account’s subscription`, 'accept them once (az vm image terms accept)')
                : warning(`${about}; nodes of a Batch-service account are in Batch’s own subscriptions, where nobody has accepted its terms`, wayOut);
        }
    }
];
const HALF_A_YEAR_MS = 180 * 86_400_000;
const isEphemeral = ({ virtualMachine }) => objectAt(virtualMachine, 'osDisk').ephemeralOSDiskSettings !== undefined;
function ephemeralSize({ virtualMachine, size, image }) {
    if (size?.ephemeralOsDisk === false) {
        return [
            error(`pool-spec: asks for an ephemeral OS disk, which vmSize "${size.name}" doesn’t have`, 'leave osDisk.ephemeralOSDiskSettings out, or choose a size that has it (EphemeralOSDiskSupported)')
        ];
    }
    const { diskSizeGB } = objectAt(virtualMachine, 'osDisk');
    const { placement } = objectAt(virtualMachine, 'osDisk', 'ephemeralOSDiskSettings');
    if (placement === undefined && size?.cachedDiskGB === 0)
        return [];
    const needed = typeof diskSizeGB === 'number' ? diskSizeGB : image.osDiskGB;
    return needed === undefined || size?.cachedDiskGB === undefined || needed <= size.cachedDiskGB
        ? []
        : [
            error(`pool-spec: an ephemeral OS disk of ${needed} GiB doesn’t fit in the ${size.cachedDiskGB} GiB cache of vmSize "${size.name}"`, 'leave osDisk.ephemeralOSDiskSettings out, or choose a size with a larger cache')
        ];
}
function ephemeralSpot({ goal, account }) {
    if (goal === undefined || goal.lowPriority === 0)
        return [];
    const message = 'pool-spec: asks for low-priority nodes with an ephemeral OS disk, which Batch doesn’t have for Spot VMs';
    const wayOut = 'leave osDisk.ephemeralOSDiskSettings out, or ask for dedicated nodes alone';
    return [account?.poolAllocationMode === 'UserSubscription' ? error(message, wayOut) : warning(message, wayOut)];
}

;// CONCATENATED MODULE: ./build/plan/checks/compatibility-rules.js




const COMPATIBILITY_RULES = [...SIZE_FITS, ...SECURITY_FITS, ...NETWORK_FITS].map(toRule);

;// CONCATENATED MODULE: ./build/model/autoscale-formula.js
const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?|\$?[a-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[=!<>]=|[-+*/%!<>=?:;,.()[\]])/giy;
const BETWEEN = new Set(['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%']);
const BEFORE = new Set(['-', '!', '+']);
const DEFINED = new Set([
    ...['$TargetDedicatedNodes', '$TargetDedicated', '$TargetLowPriorityNodes', '$TargetLowPriority'],
    ...['$CurrentDedicatedNodes', '$CurrentDedicated', '$CurrentLowPriorityNodes', '$CurrentLowPriority'],
    ...['$NodeDeallocationOption', 'requeue', 'terminate', 'taskcompletion', 'retaineddata', 'true', 'false'],
    ...['$CPUPercent', '$WallClockSeconds', '$MemoryBytes', '$DiskBytes', '$DiskReadBytes', '$DiskWriteBytes'],
    ...['$DiskReadOps', '$DiskWriteOps', '$NetworkInBytes', '$NetworkOutBytes', '$SampleNodeCount'],
    ...['$ActiveTasks', '$RunningTasks', '$PendingTasks', '$SucceededTasks', '$FailedTasks', '$TaskSlotsPerNode'],
    ...['$PreemptedNodeCount', '$UsableNodeCount'],
    ...['avg', 'len', 'lg', 'ln', 'log', 'max', 'min', 'norm', 'percentile', 'rand', 'range', 'round', 'std', 'stop'],
    ...['sum', 'time', 'val', 'vec']
].map(name => name.toLowerCase()));
function readFormula(text) {
    const { tokens, stuckAt } = tokensOf(text);
    const reading = { statements: 0, unknownNames: [] };
    const wrong = walk(tokens, reading) ?? stuckAt ?? (reading.statements === 0 ? text.length : undefined);
    if (wrong !== undefined)
        reading.problem = placeOf(text, wrong);
    return reading;
}
function tokensOf(text) {
    const tokens = [];
    TOKEN.lastIndex = 0;
    for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
        const match = TOKEN.exec(text);
        if (match === null)
            return { tokens, stuckAt: at };
        if (match[1] !== undefined)
            tokens.push({ text: match[1], at });
    }
    tokens.push({ text: '', at: text.length });
    return { tokens };
}
function walk(tokens, reading) {
    const turn = new Turn(reading);
    for (let index = 0; index < tokens.length; index++) {
        const [token, next] = [tokens[index], tokens[index + 1]?.text ?? ''];
        const taken = turn.take(token.text, { before: tokens[index - 1]?.text ?? '', next });
        if (taken === 0)
            return token.at;
        index += taken - 1;
    }
    return undefined;
}
class Turn {
    #reading;
    #assigned = new Set();
    #open = [];
    #isOperandDue = true;
    #hasBegun = false;
    #target;
    constructor(reading) {
        this.#reading = reading;
    }
    take(text, neighbours) {
        if (text === ';' || text === '')
            return this.#end();
        const isAssignment = !this.#hasBegun && isName(text) && neighbours.next === '=';
        this.#hasBegun = true;
        if (isAssignment) {
            this.#target = text;
            return 2;
        }
        return this.#isOperandDue ? this.#operand(text, neighbours) : this.#joint(text, neighbours);
    }
    #end() {
        if (this.#open.length > 0 || (this.#isOperandDue && this.#hasBegun))
            return 0;
        if (this.#hasBegun)
            this.#reading.statements += 1;
        if (this.#target !== undefined)
            this.#assigned.add(this.#target);
        this.#target = undefined;
        this.#isOperandDue = true;
        this.#hasBegun = false;
        return 1;
    }
    #operand(text, { before }) {
        if (BEFORE.has(text))
            return 1;
        if (text === '(' || text === '[')
            return this.#opens(text);
        const isEmptyList = before === (this.#top === 'call' ? '(' : '[') && closes(text, this.#top);
        if (isEmptyList && this.#top !== '(')
            this.#open.pop();
        else if (isOperand(text))
            this.#names(text);
        else
            return 0;
        this.#isOperandDue = false;
        return 1;
    }
    #joint(text, { before, next }) {
        if (text === '.')
            return isName(next) ? 2 : 0;
        if (text === '(' && isName(before))
            return this.#opens('call');
        if (closes(text, this.#top)) {
            this.#open.pop();
            return 1;
        }
        this.#isOperandDue = true;
        if (text === '?')
            return this.#opens('?');
        if (text === ',')
            return this.#top === 'call' || this.#top === '[' ? 1 : 0;
        if (text !== ':')
            return BETWEEN.has(text) ? 1 : 0;
        return this.#open.pop() === '?' ? 1 : 0;
    }
    #opens(text) {
        this.#open.push(text);
        this.#isOperandDue = true;
        return 1;
    }
    #names(text) {
        const { unknownNames } = this.#reading;
        const isKnown = !isName(text) || this.#assigned.has(text) || isDefined(text);
        if (!isKnown && !unknownNames.includes(text))
            unknownNames.push(text);
    }
    get #top() {
        return this.#open.at(-1);
    }
}
const isDefined = (name) => DEFINED.has(name.toLowerCase()) || /^TimeInterval_/i.test(name);
const isName = (text) => /^[$a-z_]/i.test(text);
const isOperand = (text) => /^(?:[\w$"']|\.\d)/.test(text);
function closes(text, open) {
    return text === ']' ? open === '[' : text === ')' && (open === '(' || open === 'call');
}
function placeOf(text, at) {
    const lines = text.slice(0, at).split('\n');
    const [word = ''] = /^\w+|^\S/.exec(text.slice(at)) ?? [];
    return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, found: word };
}

;// CONCATENATED MODULE: ./build/plan/checks/formula-rules.js



const LONGEST_FORMULA = 8_192;
const MOST_STATEMENTS = 100;
const ABOUT = 'pool-spec: scaleSettings.autoScale.formula';
const CORRECT = 'correct the formula in the pool spec';
const FORMULA_RULES = [
    {
        id: 'autoscale-formula',
        source: PAGE.autoScale,
        check: ofPool(({ scale }) => scale.kind === 'auto' && scale.from === 'spec' ? formulaVerdict(scale.formula) : undefined)
    }
];
function formulaVerdict(formula) {
    const { problem, statements, unknownNames } = readFormula(formula);
    if (problem !== undefined)
        return error(`${ABOUT} is no formula: ${formula_rules_placeOf(problem)}; Batch refuses it`, CORRECT);
    if (formula.length > LONGEST_FORMULA) {
        return error(`${ABOUT} has ${formula.length} characters, and Batch takes ${LONGEST_FORMULA}`, CORRECT);
    }
    if (statements > MOST_STATEMENTS) {
        return error(`${ABOUT} has ${statements} statements, and Batch takes ${MOST_STATEMENTS}`, CORRECT);
    }
    return unknownNames.length === 0
        ? undefined
        : warning(`${ABOUT} names ${unknownNames.join(', ')}, which no statement before defines, nor Batch by its page; its evaluation would fail, and the pool would keep its size`, CORRECT);
}
const formula_rules_placeOf = ({ line, column, found }) => `${found === '' ? 'it ends too early' : `"${found}" is out of place`} (line ${line}, column ${column})`;

;// CONCATENATED MODULE: ./build/plan/checks/going-away-rules.js



const going_away_rules_SOURCE = 'provisioningState in its GET';
const GOING_AWAY_RULES = [
    {
        id: 'vm-deleting',
        source: going_away_rules_SOURCE,
        check: ({ observed: { source }, imageExists }) => source?.provisioningState === 'Deleting' && !imageExists
            ? error(`${source.input}: "${(0,arm_id/* nameOf */.Vb)(source.id)}" is being deleted`, 'find out who deletes it; name another VM')
            : undefined
    },
    {
        id: 'gallery-state',
        source: going_away_rules_SOURCE,
        check: ({ observed: { gallery, galleryImage, rolloutDefinition } }) => {
            const definition = rolloutDefinition ?? galleryImage;
            const input = rolloutDefinition === undefined ? 'publish-to' : 'image-id';
            return [
                ...stateOf(`${input}: the gallery`, gallery?.provisioningState),
                ...(definition === undefined || isSentAgain(definition)
                    ? []
                    : stateOf(`${input}: definition "${(0,arm_id/* nameOf */.Vb)(definition.galleryImageId)}"`, definition.provisioningState))
            ];
        }
    },
    {
        id: 'image-deleting',
        source: going_away_rules_SOURCE,
        check: ({ spec, observed: { managedImage, rolloutVersion } }) => {
            const image = rolloutVersion ?? managedImage;
            if (image === undefined)
                return undefined;
            const name = 'versionId' in image ? (0,arm_id/* nameOf */.Vb)(image.versionId) : (0,arm_id/* nameOf */.Vb)(image.imageId);
            const input = spec.image === undefined ? 'image-id' : 'publish-to';
            if (image.provisioningState === 'Deleting') {
                return error(`${input}: "${name}" is being deleted`, spec.image === undefined ? 'roll out another image' : 'wait until it is gone, or publish under another name');
            }
            const isUseless = spec.image === undefined && rolloutVersion === undefined && image.provisioningState === 'Failed';
            return isUseless
                ? error(`${input}: managed image "${name}" is Failed`, 'make it again, or roll out another')
                : undefined;
        }
    },
    {
        id: 'account-state',
        source: `${going_away_rules_SOURCE}; Microsoft.Batch resource manager contract, 2024-07-01`,
        check: ({ pool, observed: { account } }) => {
            if (pool === undefined || account === undefined)
                return undefined;
            const state = account.provisioningState ?? 'Succeeded';
            const is = `batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" is`;
            if (state === 'Deleting')
                return error(`${is} being deleted`, 'find out who deletes it; name another account');
            if (state === 'Invalid')
                return error(`${is} Invalid: Batch can’t use it`, 'name another account, or make it again');
            return ['Creating', 'Failed', 'Cancelled'].includes(state)
                ? warning(`${is} ${state}; pools may not be made in it`, 'look at the account; make it again, or wait for it')
                : undefined;
        }
    },
    {
        id: 'pool-deleting',
        source: going_away_rules_SOURCE,
        check: ({ pool, observed }) => poolState(pool?.spec, observed.pool?.provisioningState)
    }
];
const isSentAgain = ({ tags, provisioningState }) => tags?.[run_tags/* TAG */.Dk.key] !== undefined && provisioningState !== 'Deleting';
function poolState(spec, state) {
    if (spec === undefined || state !== 'Deleting')
        return undefined;
    return error(`pool "${spec.poolName}" is being deleted; it can’t be changed, and no other can have its name until it is gone`, spec.poolFrom === 'pool'
        ? 'find out who deletes it; name another pool'
        : 'run again when it is gone: the pool is made again then; or give the pool another name');
}
function stateOf(what, state) {
    if (state === 'Deleting')
        return [error(`${what} is being deleted`, 'find out who deletes it; name another')];
    return state === 'Failed' || state === 'Canceled'
        ? [
            warning(`${what} is ${state}; Azure may refuse what is made in it`, 'look at it in the portal; name another, or fix it')
        ]
        : [];
}

// EXTERNAL MODULE: ./build/rules/vm-state.js
var vm_state = __webpack_require__(8067);
;// CONCATENATED MODULE: ./build/plan/image/image-build.js


function sourceOf({ situation }) {
    const { source } = situation.observed;
    if (source === undefined)
        throw new Error('internal error: an image is planned without a source');
    return source;
}
function madeTags({ situation, image, key }, state, { keep } = {}) {
    const { observed, context, spec, version } = situation;
    const baseImage = baseImageOf(observed);
    return (0,run_tags/* tagsFor */.Nj)({
        key,
        source: image.source.id,
        ...(state === undefined ? {} : { state }),
        ...(keep === undefined ? {} : { keep }),
        ...(version === undefined ? {} : { version: version.version }),
        ...(baseImage === undefined ? {} : { baseImage: describeBaseImage(baseImage) })
    }, context, spec.tags);
}

;// CONCATENATED MODULE: ./build/plan/source/snapshots.js




function snapshotSteps(build, disks, { after, again }) {
    const { situation } = build;
    const source = sourceOf(build);
    const { publishTo } = build.image;
    const own = madeTags(build, 'open', publishTo.kind === 'gallery' ? { keep: publishTo.keepSnapshots } : {});
    return disks.flatMap((disk) => {
        const { snapshotId, role } = disk;
        const there = snapshotOf(situation, disk);
        const clear = again && there !== undefined
            ? [
                {
                    id: `clear-snapshot-${role}`,
                    kind: 'delete-snapshot',
                    after: [],
                    title: `delete snapshot ${(0,arm_id/* nameOf */.Vb)(snapshotId)}`,
                    reason: 'the VM has run since; all disks are to be of one moment',
                    snapshotId
                }
            ]
            : [];
        const head = { id: `snapshot-${role}`, after: [...after, ...clear.map(({ id }) => id)] };
        if (isUnderWay(there) && clear.length === 0) {
            const begun = there.timeCreated === undefined ? '' : ` at ${there.timeCreated.slice(0, 16)}`;
            const title = `wait for snapshot ${(0,arm_id/* nameOf */.Vb)(snapshotId)}`;
            return [
                { ...head, kind: 'await-snapshot', title, reason: `${(0,run_tags/* originOf */.yv)(there.tags)} had begun it${begun}`, snapshotId }
            ];
        }
        return [
            ...clear,
            {
                ...head,
                kind: 'create-snapshot',
                title: `snapshot ${role === 'os' ? 'OS disk' : `data disk ${role.slice(3)}`} ${(0,arm_id/* nameOf */.Vb)(disk.diskId)}`,
                reason: isUnderWay(there) || there === undefined ? 'the image is made from it' : 'an earlier attempt failed',
                snapshotId,
                body: snapshotBody(disk, source.location, own)
            }
        ];
    });
}
function snapshotOf({ observed }, { snapshotId }) {
    return observed.snapshots.find(snapshot => (0,arm_id/* sameId */.s)(snapshot.snapshotId, snapshotId));
}
const isUnderWay = (snapshot) => snapshot !== undefined && snapshot.provisioningState !== 'Failed';
function takesSnapshots(situation, disks) {
    return disks.some(disk => !isUnderWay(snapshotOf(situation, disk)));
}
function deleteSnapshots(build, disks, { after, begun }) {
    const { situation } = build;
    const planned = situation.imageExists ? [] : disks.filter(({ isOurs }) => isOurs).map(({ snapshotId }) => snapshotId);
    const there = madeFor(build).map(({ snapshotId }) => snapshotId);
    const ids = [...planned, ...there.filter(id => !planned.some(other => (0,arm_id/* sameId */.s)(other, id)))];
    return [
        ...ids.map(snapshotId => dropStep({ snapshotId, id: roleOf(snapshotId), after }, 'the image version holds its own copy')),
        ...leftBefore(build).map(({ snapshotId, tags }) => dropStep({ snapshotId, id: `${tags[run_tags/* TAG */.Dk.version]}-${roleOf(snapshotId)}`, after: begun }, `${(0,run_tags/* originOf */.yv)(tags)} left it, and its image version holds its own copy`))
    ];
}
const roleOf = (id) => (0,arm_id/* nameOf */.Vb)(id).split('-').at(-1) ?? '';
function dropStep({ snapshotId, id, after }, reason) {
    return {
        id: `drop-snapshot-${id}`,
        kind: 'delete-snapshot',
        after,
        title: `delete snapshot ${(0,arm_id/* nameOf */.Vb)(snapshotId)}`,
        reason,
        housekeeping: true,
        snapshotId
    };
}
function leftBefore({ situation: { observed, version }, key }) {
    const isDone = (name) => observed.versions.some(({ versionId, tags, provisioningState }) => (0,arm_id/* nameOf */.Vb)(versionId) === name &&
        tags[run_tags/* TAG */.Dk.key] === key &&
        (tags[run_tags/* TAG */.Dk.state] === 'complete' || tags[run_tags/* TAG */.Dk.state] === 'failed') &&
        provisioningState !== 'Creating' &&
        provisioningState !== 'Deleting');
    return observed.snapshots.filter(({ tags }) => {
        const name = tags[run_tags/* TAG */.Dk.version];
        const isOurs = tags[run_tags/* TAG */.Dk.key] === key && tags[run_tags/* TAG */.Dk.keep] === 'false';
        return isOurs && name !== undefined && name !== version?.version && isDone(name);
    });
}
function snapshotIdsOf(build, disks) {
    return (build.situation.imageExists ? madeFor(build) : disks).map(({ snapshotId }) => snapshotId);
}
function madeFor({ situation, key }) {
    const version = situation.version?.version;
    return situation.observed.snapshots.filter(({ tags }) => tags[run_tags/* TAG */.Dk.key] === key && tags[run_tags/* TAG */.Dk.version] === version);
}

// EXTERNAL MODULE: ./build/shared/digest.js
var digest = __webpack_require__(64050);
;// CONCATENATED MODULE: ./build/plan/source/snapshot-disks.js


function snapshotDisks(situation) {
    const { spec, key = '', observed } = situation;
    const { source } = observed;
    if (spec.image === undefined || source === undefined)
        return [];
    const { dataDisks, publishTo, workResourceGroup, source: named } = spec.image;
    const stem = publishTo.kind === 'gallery'
        ? `${(0,arm_id/* nameOf */.Vb)(publishTo.galleryImageId)}-${situation.version?.version ?? publishTo.version}`
        : (0,arm_id/* nameOf */.Vb)(publishTo.imageId);
    const group = workResourceGroup ?? (0,arm_id/* resourceGroupOf */.Tp)(named.id);
    const idOf = (role) => (0,arm_id/* armId */.Kk)((0,arm_id/* subscriptionOf */.XD)(named.id), group, 'Microsoft.Compute/snapshots', snapshotName(stem, `${key.slice(0, 8)}-${role}`));
    const chosen = source.dataDisks.filter(({ lun }) => dataDisks === 'all' || (Array.isArray(dataDisks) && dataDisks.includes(lun)));
    return [{ ...source.osDisk, role: 'os' }, ...chosen.map(disk => ({ ...disk, role: `lun${disk.lun}` }))].flatMap(disk => disk.diskId === undefined
        ? []
        : [
            {
                role: disk.role,
                ...('lun' in disk ? { lun: disk.lun } : {}),
                diskId: disk.diskId,
                caching: disk.caching,
                snapshotId: idOf(disk.role),
                isOurs: true
            }
        ]);
}
function snapshotName(stem, rest) {
    const room = 80 - rest.length - 1;
    return `${stem.length <= room ? stem : `${stem.slice(0, room - 9)}-${(0,digest/* shortDigest */.V)(stem, 8)}`}-${rest}`;
}

;// CONCATENATED MODULE: ./build/plan/source/vm.js







const vm = { disks: snapshotDisks, steps, stepsWithout, facts };
function steps(build, beforeStop) {
    const { situation } = build;
    const disks = snapshotDisks(situation);
    const stop = stopOf(situation);
    if (stop === undefined) {
        const snapshots = snapshotSteps(build, disks, { after: [], again: false });
        return { steps: snapshots, ready: (0,model_step/* idsOf */.UX)(snapshots), undo: [] };
    }
    const { id: vmId } = sourceOf(build);
    const name = (0,arm_id/* nameOf */.Vb)(vmId);
    const { startsAgain, isHeld } = stop;
    const stopStep = {
        id: 'stop-vm',
        kind: 'stop-vm',
        after: beforeStop,
        title: `${isHeld ? 'keep' : 'deallocate'} VM ${name}${isHeld ? ' stopped' : ''}`,
        reason: isHeld ? 'an earlier run stopped it for the same snapshots' : 'so that all disks are of one moment',
        vmId,
        startsAgain
    };
    const snapshots = snapshotSteps(build, disks, { after: ['stop-vm'], again: !isHeld });
    const verify = {
        id: 'verify-vm-stopped',
        kind: 'verify-vm-stopped',
        after: (0,model_step/* idsOf */.UX)(snapshots),
        title: `make sure that VM ${name} is still stopped`,
        reason: 'somebody else may have started it',
        vmId,
        startsAgain
    };
    const start = startsAgain ? startStep(situation, [verify.id]) : [];
    return {
        steps: [stopStep, ...snapshots, verify, ...start],
        ready: [verify.id],
        undo: [...start.map(step => startedAgain(step, stopStep.id)), ...withoutUse(situation, verify.id)]
    };
}
function stepsWithout(situation) {
    const { source } = situation.observed;
    if (source === undefined || situation.spec.image?.stopVm !== true)
        return { steps: [], undo: [] };
    const start = isOurs(source, situation) ? startStep(situation, []) : [];
    return { steps: start, undo: start.map(step => startedAgain(step, step.id)) };
}
function startedAgain(step, after) {
    return { after, until: step.id, on: ['failed', 'killed'], step: { ...step, after: [] } };
}
function withoutUse(situation, verify) {
    return snapshotDisks(situation).map(({ role, snapshotId }) => ({
        after: verify,
        until: verify,
        on: ['failed'],
        given: 'vm-has-run',
        step: {
            id: `discard-snapshot-${role}`,
            kind: 'delete-snapshot',
            after: [],
            title: `delete snapshot ${(0,arm_id/* nameOf */.Vb)(snapshotId)}`,
            reason: 'the VM has run while the snapshots were taken',
            housekeeping: true,
            snapshotId
        }
    }));
}
function startStep({ observed: { source } }, after) {
    if (source === undefined)
        return [];
    const { id: vmId } = source;
    return [
        {
            id: 'start-vm',
            kind: 'start-vm',
            after,
            title: `start VM ${(0,arm_id/* nameOf */.Vb)(vmId)} again`,
            reason: after.length > 0 ? 'its snapshots are taken' : 'an earlier run stopped it, and couldn’t start it again',
            vmId
        }
    ];
}
const RESTS = /^(stopped|deallocated)$/i;
const RUNS = /^(running|starting)$/i;
function stopOf(situation) {
    const { source } = situation.observed;
    if (source === undefined || situation.spec.image?.stopVm !== true || source.generalized)
        return undefined;
    const { powerState = 'running' } = source;
    const ours = isOurs(source, situation);
    if (RESTS.test(powerState) && !ours)
        return undefined;
    if (!takesSnapshots(situation, snapshotDisks(situation)) && !ours)
        return undefined;
    return { startsAgain: ours || RUNS.test(powerState), isHeld: ours && /^deallocated$/i.test(powerState) };
}
function isOurs(source, { context, observed }) {
    return ['earlier-attempt', 'ran-out', 'mine'].includes((0,vm_state/* stateOf */.L)(source, context, observed.at));
}
function facts(source) {
    const { hyperVGeneration, architecture } = shapeOf(source);
    const state = [source.powerState, source.generalized ? 'generalized' : ''].filter(Boolean).join(', ');
    const disks = [source.osDisk, ...source.dataDisks];
    const size = disks.reduce((sum, { disk }) => sum + (disk?.sizeGB ?? 0), 0);
    const reference = source.imageReference;
    const base = reference?.publisher === undefined ? reference?.id : [reference.publisher, reference.offer, reference.sku].join(':');
    return [
        { label: 'source', value: `VM ${(0,arm_id/* nameOf */.Vb)(source.id)} in ${source.location} (${state || 'state unknown'})` },
        { label: 'guest', value: `${source.osType}, generation ${hyperVGeneration}, ${architecture}` },
        { label: 'base image', value: base ?? 'not known' },
        {
            label: 'disks',
            value: `${disks.length} (${['OS', ...source.dataDisks.map(({ lun }) => `LUN ${lun}`)].join(', ')}), ${size} GiB`
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/source/index.js

const source_SOURCES = { 'source-vm': vm };
function imageDisks(situation) {
    return rowOf(situation)?.disks(situation) ?? [];
}
function sourceSteps(build, before = []) {
    return source_SOURCES[build.image.source.input].steps(build, before);
}
function stepsWithoutSource({ image, situation }) {
    return source_SOURCES[image.source.input].stepsWithout(situation);
}
function sourceFacts(situation) {
    const { source } = situation.observed;
    return source === undefined ? [] : (rowOf(situation)?.facts(source) ?? []);
}
function rowOf({ spec }) {
    return spec.image && source_SOURCES[spec.image.source.input];
}

;// CONCATENATED MODULE: ./build/plan/image/regions.js

function replicasFor(nodes) {
    return Math.max(1, Math.ceil(nodes / 300));
}
function planRegions({ asked, source, accounts, replicationMode }) {
    const replicasIn = (region) => replicasFor(accounts.find(one => (0,model_region/* sameRegion */.Z)(region, one.region))?.nodes ?? 0);
    const all = new Map();
    for (const { region, replicas } of [
        ...asked,
        { region: source },
        ...accounts.map(({ region }) => ({ region }))
    ]) {
        const name = (0,model_region/* regionName */.g)(region);
        if (!all.has(name))
            all.set(name, { region: name, replicas: replicas ?? replicasIn(name) });
    }
    const regions = [...all.values()];
    const needed = (region) => accounts.length === 0 || [source, ...accounts.map(one => one.region)].some(one => (0,model_region/* sameRegion */.Z)(region, one));
    const atOnce = replicationMode === 'Shallow' ? regions : regions.filter(({ region }) => needed(region));
    return {
        first: atOnce,
        later: regions.filter(region => !atOnce.includes(region)),
        awaited: accounts.length === 0 ? atOnce.map(({ region }) => region) : accounts.map(({ region }) => (0,model_region/* regionName */.g)(region))
    };
}

// EXTERNAL MODULE: ./build/rules/scale-body.js
var scale_body = __webpack_require__(40543);
;// CONCATENATED MODULE: ./build/plan/situation.js









function situationOf(spec, observed, context) {
    const base = { spec, observed, context, imageExists: false, accounts: [] };
    if (spec.image !== undefined) {
        base.key = (0,run_tags/* imageKey */.p2)(spec.image);
        if (spec.image.publishTo.kind === 'gallery') {
            const { versions, snapshots, at } = observed;
            base.version = chooseVersion({
                asked: spec.image.publishTo.version,
                key: base.key,
                at,
                versions,
                snapshots,
                context,
                goesOn: spec.rollout !== undefined && spec.rollout.stopAfter === undefined
            });
        }
    }
    base.imageExists = imageIsThere(base);
    if (spec.rollout !== undefined && !isMissing(spec.rollout, observed)) {
        const pool = wantedPool(base, spec.rollout);
        if (pool !== undefined)
            base.pool = pool;
    }
    if (observed.account !== undefined) {
        base.accounts = [{ region: observed.account.location, nodes: base.pool?.nodes ?? 0 }];
    }
    return base;
}
function ofAllPools(situations) {
    const byRegion = Map.groupBy(situations.flatMap(({ accounts }) => accounts), ({ region }) => (0,model_region/* regionName */.g)(region));
    const accounts = [...byRegion].map(([region, rows]) => ({
        region: rows[0]?.region ?? region,
        nodes: rows.reduce((sum, { nodes }) => sum + nodes, 0)
    }));
    return { ...situations[0], accounts };
}
function givenImageId({ rollout }, { latestProved }) {
    return rollout?.latestProvedOf === undefined ? rollout?.imageId : latestProved?.versionId;
}
const isMissing = ({ poolFrom }, { pool }) => poolFrom === 'pool' && pool === undefined;
function imageIsThere({ spec, observed, version }) {
    if (spec.image === undefined)
        return true;
    const there = spec.image.publishTo.kind === 'managed'
        ? observed.managedImage
        : observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
    if (there === undefined)
        return false;
    return there.provisioningState !== 'Failed' || there.tags[run_tags/* TAG */.Dk.state] === 'complete' || hasItsCopy(there);
}
function hasItsCopy(there) {
    const rows = 'replication' in there ? (there.replication?.regions ?? []) : [];
    return rows.some(({ region, state }) => state === 'Completed' && (0,model_region/* sameRegion */.Z)(region, there.location));
}
function addressOf({ poolId, accountEndpoint, apiVersion }) {
    return { poolId, accountEndpoint, apiVersion };
}
function wantedPool(situation, rollout) {
    const imageId = imageIdOf(situation);
    if (imageId === undefined)
        return undefined;
    const managed = (0,arm_id/* isArmIdOf */.p_)(imageId, 'Microsoft.Compute/images');
    const scale = wantedScale(rollout, situation.observed);
    const nodeAgent = chooseNodeAgent(rollout, situation.observed);
    return {
        spec: rollout,
        poolId: (0,arm_id/* childId */._U)(rollout.batchAccountId, 'pools', rollout.poolName),
        imageId,
        managed,
        accountEndpoint: situation.observed.account?.accountEndpoint ?? '',
        apiVersion: managed ? '2019-08-01' : '2025-06-01',
        scale,
        nodes: scale.kind === 'fixed' ? (0,node_targets/* totalOf */.e6)(scale.goal) : nodesNow(situation.observed),
        nodeAgent,
        properties: wantedProperties(rollout.pool.properties, imageId, nodeAgent.nodeAgentSkuId)
    };
}
function imageIdOf({ spec, observed, version }) {
    if (spec.image === undefined)
        return givenImageId(spec, observed);
    const { publishTo } = spec.image;
    if (publishTo.kind === 'managed')
        return publishTo.imageId;
    return (0,arm_id/* childId */._U)(publishTo.galleryImageId, 'versions', version?.version ?? publishTo.version);
}
function wantedScale({ pool }, observed) {
    const asked = (0,scale_body/* scaleIn */.Yo)(pool.properties.scaleSettings);
    if (asked !== undefined)
        return { ...scaleFrom(asked), from: 'spec' };
    if (observed.pool === undefined)
        return { kind: 'none' };
    return { ...scaleFrom((0,pool_metadata/* scaleToRestore */.Mq)(observed.pool) ?? observed.pool.scale), from: 'pool' };
}
const scaleFrom = (scale) => scale.kind === 'auto' ? scale : { kind: 'fixed', goal: (0,node_targets/* targetsOf */.QR)(scale) };
function nodesNow({ pool }) {
    return pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes;
}
function wantedProperties(written, imageId, nodeAgentSkuId) {
    const { scaleSettings: _scale, metadata: _metadata, ...properties } = written;
    const deployment = (0,model_json/* isJsonObject */.OW)(properties.deploymentConfiguration) ? properties.deploymentConfiguration : {};
    const vm = (0,model_json/* isJsonObject */.OW)(deployment.virtualMachineConfiguration) ? deployment.virtualMachineConfiguration : {};
    const virtualMachineConfiguration = {
        ...vm,
        imageReference: { id: imageId },
        ...(nodeAgentSkuId === undefined ? {} : { nodeAgentSkuId })
    };
    return { ...properties, deploymentConfiguration: { ...deployment, virtualMachineConfiguration } };
}

;// CONCATENATED MODULE: ./build/plan/checks/image-rules.js










function galleryTarget({ spec }) {
    return spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo : undefined;
}
const IMAGE_RULES = [
    {
        id: 'gallery-exists',
        source: PAGE.gallery,
        check: situation => {
            const target = galleryTarget(situation);
            if (target === undefined || situation.observed.gallery?.exists !== false)
                return undefined;
            const [gallery = ''] = (0,arm_id/* namesOf */.eZ)(target.galleryImageId);
            return error(`publish-to: gallery "${gallery}" does not exist in resource group "${(0,arm_id/* resourceGroupOf */.Tp)(target.galleryImageId)}", or the caller may not see it`, `create it (az sig create --resource-group ${(0,arm_id/* resourceGroupOf */.Tp)(target.galleryImageId)} --gallery-name ${gallery}); definitions and versions in it are made by this action`);
        }
    },
    {
        id: 'definition-matches',
        source: PAGE.gallery,
        check: situation => {
            const { source, galleryImage } = situation.observed;
            if (galleryTarget(situation) === undefined || situation.imageExists)
                return undefined;
            if (source === undefined || galleryImage === undefined)
                return undefined;
            const plan = planOf(source);
            const { hyperVGeneration } = shapeOf(source);
            const rows = [
                ['osType', galleryImage.osType, source.osType],
                ['osState', galleryImage.osState, 'Generalized'],
                ['hyperVGeneration', galleryImage.hyperVGeneration, hyperVGeneration],
                ['architecture', galleryImage.architecture, source.osDisk.disk?.architecture ?? galleryImage.architecture],
                ...(isSupporting(galleryImage) ? [] : [securityRow(galleryImage, source)]),
                ...(plan === undefined ? [] : [planRow(galleryImage, plan)])
            ];
            const wrong = rows.filter(([, has, needs]) => has.toLowerCase() !== needs.toLowerCase());
            return wrong.length === 0
                ? undefined
                : error(`publish-to: definition "${(0,arm_id/* nameOf */.Vb)(galleryImage.galleryImageId)}" has ${wrong.map(([name, has, needs]) => `${name} ${has} where the source has ${needs}`).join(', ')}; a definition can’t change these`, 'publish to another definition; a missing one is made with the source’s properties');
        }
    },
    {
        id: 'definition-supports',
        source: 'the service’s own words against snapshots as a source: microsoft/STL#4682 (2024); for them: hashicorp/packer-plugin-azure#528 (2025)',
        check: situation => {
            const { source, galleryImage } = situation.observed;
            if (galleryTarget(situation) === undefined || situation.imageExists || source === undefined)
                return undefined;
            return galleryImage !== undefined && isSupporting(galleryImage)
                ? warning(`publish-to: definition "${(0,arm_id/* nameOf */.Vb)(galleryImage.galleryImageId)}" is ${galleryImage.features.SecurityType}; it may not take snapshots, of which this action makes a version`, `if Azure refuses the version, publish to another definition; a missing one is made as ${securityTypeOf(source)}`)
                : undefined;
        }
    },
    {
        id: 'version-taken',
        source: PAGE.imageVersion,
        check: situation => {
            const target = galleryTarget(situation);
            const there = situation.observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === situation.version?.version);
            if (target === undefined || there === undefined || there.tags[run_tags/* TAG */.Dk.key] === situation.key)
                return undefined;
            return error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" of "${(0,arm_id/* nameOf */.Vb)(target.galleryImageId)}" exists and was not made from these inputs`, 'name another version, or image-version: auto');
        }
    },
    {
        id: 'version-deleting',
        source: PAGE.imageVersion,
        check: ({ observed, version }) => {
            const there = observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
            return there?.provisioningState === 'Deleting'
                ? error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" is being deleted`, 'wait until it is gone, or name another version')
                : undefined;
        }
    },
    {
        id: 'managed-image-taken',
        source: PAGE.managedImagePools,
        check: ({ spec, observed, key }) => {
            const image = observed.managedImage;
            if (spec.image?.publishTo.kind !== 'managed' || image === undefined || image.tags[run_tags/* TAG */.Dk.key] === key)
                return undefined;
            return error(`publish-to: managed image "${(0,arm_id/* nameOf */.Vb)(image.imageId)}" exists and was not made from these inputs; Azure would replace it without a word`, 'publish under another name');
        }
    },
    {
        id: 'managed-image-pool-region',
        source: PAGE.managedImagePools,
        check: ({ spec, observed }) => {
            if (spec.image?.publishTo.kind !== 'managed' || observed.source === undefined)
                return undefined;
            const { account, source } = observed;
            return account === undefined || (0,model_region/* sameRegion */.Z)(account.location, source.location)
                ? undefined
                : error(`publish-to: a managed image is made in its source’s region "${source.location}", and a pool in "${account.location}" can’t use it`, 'publish to a gallery, which replicates to the account’s region');
        }
    },
    {
        id: 'snapshot-taken',
        source: 'tags of the snapshot',
        check: situation => situation.imageExists ? undefined : imageDisks(situation).flatMap(disk => inTheWay(situation, disk))
    },
    {
        id: 'replicas',
        source: PAGE.galleryPools,
        check: situation => {
            const target = galleryTarget(situation);
            const { account } = situation.observed;
            const nodes = situation.pool?.nodes ?? 0;
            if (target === undefined || account === undefined)
                return undefined;
            const asked = target.targetRegions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location));
            const replicas = asked?.replicas ?? replicasFor(nodes);
            if (replicas < replicasFor(nodes)) {
                return warning(`target-regions: ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} in "${account.location}" for ${nodes} nodes; Batch’s rule is one for each 300`, `ask for ${account.location}=${replicasFor(nodes)}, or leave the number out`);
            }
            const waveSize = situation.pool?.spec.waveSize ?? 'all';
            const wave = waveSize === 'all' ? nodes : Math.min(nodes, waveSize);
            return wave > replicas * 50
                ? note(`target-regions: waves of ${wave} nodes with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}: the gallery’s own rule is one for each 50 VMs created at once, Batch’s is one for each 300`, 'if nodes come slowly, ask for more replicas in target-regions, or for a smaller wave-size')
                : undefined;
        }
    },
    {
        id: 'account-region-added',
        source: PAGE.galleryPools,
        check: situation => {
            const target = galleryTarget(situation);
            const { account } = situation.observed;
            if (target === undefined || account === undefined || target.targetRegions.length === 0)
                return undefined;
            return target.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))
                ? undefined
                : note(`target-regions: leaves out "${account.location}", where the pool is; it is added`, 'name it to choose its replicas');
        }
    },
    {
        id: 'shallow-region',
        source: PAGE.gallery,
        check: ({ observed: { versions, account }, version }) => {
            const there = versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version);
            if (there?.replicationMode !== 'Shallow' || account === undefined)
                return undefined;
            return there.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))
                ? undefined
                : error(`image-version: "${(0,arm_id/* nameOf */.Vb)(there.versionId)}" is Shallow and not in "${account.location}", where the pool is; a shallow version gains no region later`, 'make another version (image-version): it gets all its regions from the start');
        }
    },
    {
        id: 'source-region-added',
        source: PAGE.imageVersion,
        check: situation => {
            const target = galleryTarget(situation);
            const { source, account } = situation.observed;
            if (target === undefined || source === undefined || target.targetRegions.length === 0)
                return undefined;
            const there = target.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, source.location));
            return there || (account !== undefined && (0,model_region/* sameRegion */.Z)(account.location, source.location))
                ? undefined
                : note(`target-regions: leaves out the source’s region "${source.location}", which a version must have; it is added`, 'name it to choose its replicas');
        }
    },
    {
        id: 'rollout-image',
        source: PAGE.galleryPools,
        check: ({ spec, observed }) => {
            const imageId = givenImageId(spec, observed);
            if (spec.image !== undefined || imageId === undefined)
                return undefined;
            const { imageFrom = 'image-id' } = spec.rollout;
            const missing = observed.rolloutVersion === undefined && observed.managedImage === undefined;
            if (missing)
                return error(`${imageFrom}: image "${imageId}" does not exist, or the caller may not see it`, 'correct the id, or give the caller a role on the image');
            return observed.rolloutDefinition?.osState === 'Specialized'
                ? error(`${imageFrom}: image "${imageId}" is of a specialized definition; Batch takes generalized images only`, 'roll out a version of a generalized definition')
                : undefined;
        }
    },
    {
        id: 'rollout-image-ready',
        source: PAGE.galleryPools,
        check: ({ spec, observed }) => {
            const { rolloutVersion: version, account } = observed;
            if (version === undefined || account === undefined)
                return undefined;
            const from = spec.rollout?.imageFrom ?? 'image-id';
            if (!version.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))) {
                return error(`${from}: image version "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" has no replica in "${account.location}", where the pool is`, 'add that region to the version (target-regions of the run that makes it), and wait until it is replicated');
            }
            const state = version.replication?.regions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account.location))?.state;
            return state === undefined || state === 'Completed'
                ? undefined
                : error(`${from}: the replica of "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" in "${account.location}" is ${state}`, state === 'Failed'
                    ? 'run what made the version again, with the same inputs and this region among target-regions: it takes the region off and adds it again, as Azure advises'
                    : 'wait until it is Completed, then run again');
        }
    },
    {
        id: 'image-subscription',
        source: PAGE.galleryPools,
        check: ({ pool }) => pool === undefined || (0,arm_id/* subscriptionOf */.XD)(pool.imageId).toLowerCase() === (0,arm_id/* subscriptionOf */.XD)(pool.poolId).toLowerCase()
            ? undefined
            : note(`image: it is in subscription "${(0,arm_id/* subscriptionOf */.XD)(pool.imageId)}", and the Batch account in "${(0,arm_id/* subscriptionOf */.XD)(pool.poolId)}"`, 'register Microsoft.Batch in the image’s subscription (az provider register --namespace Microsoft.Batch); both must be in one tenant')
    }
];
const isSupporting = ({ features }) => /Supported$/i.test(features.SecurityType ?? '');
function securityRow({ features }, source) {
    return ['SecurityType', features.SecurityType ?? 'Standard', securityTypeOf(source)];
}
function planRow({ purchasePlan }, plan) {
    return ['purchasePlan', purchasePlan === undefined ? 'none' : describePlan(purchasePlan), describePlan(plan)];
}
function inTheWay({ spec, observed, context, key = '' }, disk) {
    const there = observed.snapshots.find(({ snapshotId }) => (0,arm_id/* sameId */.s)(snapshotId, disk.snapshotId));
    if (there === undefined || spec.image === undefined)
        return [];
    const wayOut = 'delete it, or name another image-version';
    const name = (0,arm_id/* nameOf */.Vb)(disk.snapshotId);
    const ofDisk = there.sourceResourceId === undefined || (0,arm_id/* sameId */.s)(there.sourceResourceId, disk.diskId);
    if (!ofDisk || !(0,run_tags/* isFrom */.L$)(there.tags, spec.image.source.id)) {
        const source = there.sourceResourceId ?? 'an unknown source';
        return [error(`snapshot "${name}" exists, and was not made for this image: it is of "${source}"`, wayOut)];
    }
    return isUsable(there, { key, context, at: observed.at })
        ? []
        : [
            error(`snapshot "${name}" exists, and is of ${there.timeCreated ?? 'an unknown time'}: too old to publish as new`, wayOut)
        ];
}

// EXTERNAL MODULE: ./build/rules/lease.js
var rules_lease = __webpack_require__(83674);
;// CONCATENATED MODULE: ./build/plan/checks/limit-rules.js





const MOST_INCREMENTAL_SNAPSHOTS = 500;
const limit_rules_MOST_TAGS = 50;
const LIMIT_RULES = [
    {
        id: 'pool-quota',
        source: PAGE.batchQuota,
        check: ofPool((_wish, { observed: { account, pool, otherPools } }) => {
            const quota = account?.poolQuota;
            if (account === undefined || quota === undefined || pool !== undefined || otherPools.length < quota) {
                return undefined;
            }
            return error(`batch-account: "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" has as many pools as its quota, ${quota}; no other can be made`, 'delete a pool that nobody needs, or ask for more quota of the Batch account');
        })
    },
    {
        id: 'snapshot-limit',
        source: 'learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots (restrictions)',
        check: situation => situation.imageExists ? undefined : imageDisks(situation).flatMap(disk => tooMany(situation, disk))
    },
    {
        id: 'vm-tags',
        source: 'learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
        check: ({ spec, imageExists, observed: { source } }) => {
            if (source === undefined ||
                imageExists ||
                spec.image?.stopVm !== true ||
                (0,rules_lease/* leaseOfTags */.n7)(source.tags) !== undefined) {
                return;
            }
            const count = Object.keys(source.tags).length;
            return count < limit_rules_MOST_TAGS
                ? undefined
                : error(`stop-vm: "${(0,arm_id/* nameOf */.Vb)(source.id)}" has ${count} tags, ${limit_rules_MOST_TAGS} is Azure’s limit, and its lease is one more`, 'take a tag off the VM, or leave stop-vm out');
        }
    }
];
function tooMany({ observed: { snapshots, source } }, { diskId, snapshotId }) {
    const ofDisk = snapshots.filter(({ incremental, sourceResourceId }) => incremental === true && sourceResourceId !== undefined && (0,arm_id/* sameId */.s)(sourceResourceId, diskId));
    const isThere = ofDisk.some(snapshot => (0,arm_id/* sameId */.s)(snapshot.snapshotId, snapshotId));
    return ofDisk.length < MOST_INCREMENTAL_SNAPSHOTS || isThere
        ? []
        : [
            error(`${source?.input}: disk "${(0,arm_id/* nameOf */.Vb)(diskId)}" has ${ofDisk.length} incremental snapshots, and ${MOST_INCREMENTAL_SNAPSHOTS} is Azure’s limit`, 'delete snapshots of it that nobody needs')
        ];
}

;// CONCATENATED MODULE: ./build/plan/checks/managed-image-rules.js





const MANAGED_IMAGE_RULES = [
    {
        id: 'managed-image-retired',
        source: PAGE.retirement,
        check: ofPool(({ managed }) => managed
            ? warning('image: Microsoft announced that Batch takes custom images only from an Azure Compute Gallery since 2026-03-31; the service refused pools from managed images when last recorded (2025-01-16)', 'publish to a gallery image definition (…/galleries/{gallery}/images/{definition}); a managed image can be the source of a version')
            : undefined)
    },
    {
        id: 'managed-image-place',
        source: PAGE.managedImagePools,
        check: ofPool(({ managed, imageId, poolId }, { observed }) => {
            if (!managed)
                return undefined;
            const { managedImage, account } = observed;
            const wayOut = 'publish to a gallery, or make the image beside the account';
            const verdicts = [];
            if ((0,arm_id/* subscriptionOf */.XD)(imageId).toLowerCase() !== (0,arm_id/* subscriptionOf */.XD)(poolId).toLowerCase()) {
                verdicts.push(error(`image: managed image "${(0,arm_id/* nameOf */.Vb)(imageId)}" is in another subscription than the Batch account`, wayOut));
            }
            if (managedImage !== undefined && account !== undefined && !(0,model_region/* sameRegion */.Z)(managedImage.location, account.location)) {
                verdicts.push(error(`image: managed image "${(0,arm_id/* nameOf */.Vb)(imageId)}" is in "${managedImage.location}", and the Batch account in "${account.location}"`, wayOut));
            }
            return verdicts;
        })
    },
    {
        id: 'managed-image-shared',
        source: PAGE.managedImagePools,
        check: ofPool((wanted, { observed }) => {
            const others = sharing(wanted, observed.otherPools);
            return wanted.managed && others.length > 0
                ? warning(`image: managed image "${(0,arm_id/* nameOf */.Vb)(wanted.imageId)}" is used by pool ${others.map(pool => `"${(0,arm_id/* nameOf */.Vb)(pool.poolId)}"`).join(', ')}; Microsoft’s page says that each pool needs an image of its own, and also what the limit is over all pools of one`, 'make another managed image for this pool')
                : undefined;
        })
    },
    {
        id: 'managed-image-nodes',
        source: `${PAGE.managedImagePools}; ${PAGE.batchQuota}`,
        check: ofPool((wanted, { observed }) => {
            if (!wanted.managed || wanted.scale.kind !== 'fixed')
                return undefined;
            const others = sharing(wanted, observed.otherPools);
            const sum = (of) => others.reduce((total, pool) => total + of(pool), 0);
            const dedicated = wanted.scale.goal.dedicated + sum(pool => pool.currentDedicatedNodes);
            const lowPriority = wanted.scale.goal.lowPriority + sum(pool => pool.currentLowPriorityNodes);
            const about = `pool-spec: ${dedicated} dedicated and ${lowPriority} low-priority nodes from one managed image`;
            const wayOut = 'ask for fewer, or publish to a gallery, which has no such limit';
            if ((0,node_targets/* isShort */.tQ)({ dedicated: 2_500, lowPriority: 1_000 }, { dedicated, lowPriority })) {
                return error(`${about}; 2500 and 1000 are the most over all its pools`, wayOut);
            }
            return dedicated > 2_000
                ? warning(`${about}; one page says 2500 dedicated nodes at most over all its pools, another 2000`, wayOut)
                : undefined;
        })
    }
];
function sharing({ imageId, poolId }, pools) {
    return pools.filter(pool => !(0,arm_id/* sameId */.s)(pool.poolId, poolId) && pool.imageId !== undefined && (0,arm_id/* sameId */.s)(pool.imageId, imageId));
}

;// CONCATENATED MODULE: ./build/plan/checks/looked.js


function ofLooked(about, looked, check) {
    if (!('unread' in looked))
        return check(looked.found);
    const { action, why } = looked.unread;
    const wayOut = /authorization|forbidden|denied/i.test(why)
        ? `give the identity that signs in a role with the action "${action}" to have it checked`
        : 'make sure of it by hand; the next run looks again';
    return [note(`${about} could not be checked: ${why}`, wayOut)];
}
function refusedUnlessThere(pool, id) {
    return pool !== undefined && holds(pool.body, id) ? warning : error;
}
function holds(json, id) {
    if (typeof json === 'string')
        return (0,arm_id/* sameId */.s)(json, id);
    if (typeof json !== 'object' || json === null)
        return false;
    return Object.entries(json).some(([name, value]) => (0,arm_id/* sameId */.s)(name, id) || holds(value, id));
}

;// CONCATENATED MODULE: ./build/plan/checks/named-rules.js





const NAMED_RULES = [
    {
        id: 'identities',
        source: PAGE.batchContract,
        check: ofPool((_wish, { observed: { named, pool } }) => named?.identities.flatMap(({ id, looked }) => {
            const about = `pool-spec: user-assigned identity "${(0,arm_id/* nameOf */.Vb)(id)}"`;
            return ofLooked(about, looked, found => found !== undefined
                ? []
                : [
                    refusedUnlessThere(pool, id)(`${about} does not exist`, 'correct identity.userAssignedIdentities, or create it (az identity create)')
                ]);
        }))
    },
    {
        id: 'application-packages',
        source: `${PAGE.batchContract}: 409 InvalidApplicationPackageReferences`,
        check: ofPool((wanted, situation) => situation.observed.named?.packages.flatMap(one => [
            ...inAccount(one, wanted),
            ...ofLooked(aboutPackage(one), one.looked, found => packageVerdicts(one, found, situation))
        ]))
    },
    {
        id: 'encryption-sets',
        source: 'learn.microsoft.com/azure/virtual-machines/disk-encryption (restrictions)',
        check: ofPool((_wish, { observed: { named, account, pool } }) => named?.encryptionSets.flatMap(({ id, looked }) => {
            const about = `pool-spec: disk encryption set "${(0,arm_id/* nameOf */.Vb)(id)}"`;
            return ofLooked(about, looked, found => {
                if (found === undefined) {
                    return [refusedUnlessThere(pool, id)(`${about} does not exist`, 'correct the id, or create it')];
                }
                return account === undefined || (0,model_region/* sameRegion */.Z)(found.location, account.location)
                    ? []
                    : [
                        error(`${about} is in "${found.location}", and the nodes’ disks in "${account.location}"; both must be in one region`, 'name a disk encryption set of the account’s region')
                    ];
            });
        }))
    }
];
const aboutPackage = ({ id, version }) => `pool-spec: application package "${(0,arm_id/* nameOf */.Vb)(id)}"${version === undefined ? '' : ` version "${version}"`}`;
function inAccount({ id, version, looked }, { spec }) {
    return (0,arm_id/* sameId */.s)((0,arm_id/* parentId */.A1)(id), spec.batchAccountId)
        ? []
        : [
            error(`${aboutPackage({ id, looked, ...(version === undefined ? {} : { version }) })} is of account "${(0,arm_id/* nameOf */.Vb)((0,arm_id/* parentId */.A1)(id))}"; a pool takes packages of its own account only`, `upload it to "${(0,arm_id/* nameOf */.Vb)(spec.batchAccountId)}", and name that`)
        ];
}
function packageVerdicts(one, found, { observed }) {
    const refuse = refusedUnlessThere(observed.pool, one.id);
    const about = aboutPackage(one);
    if (found === undefined) {
        return [
            refuse(`${about} does not exist`, 'upload it (az batch application package create), or name one that is there')
        ];
    }
    if (one.version === undefined) {
        return found.version === undefined
            ? [refuse(`${about} has no default version, and the pool spec names none`, 'name a version, or set a default')]
            : [];
    }
    return found.state === 'Pending'
        ? [refuse(`${about} was uploaded and not activated`, 'activate it (az batch application package activate)')]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/subnet-room.js


const KEPT_BY_AZURE = 5;
function subnetOf({ spec }, { observed }) {
    const { subnetId } = (0,named_by_pool/* namedByPool */.h)(spec.pool);
    const network = observed.named?.network;
    if (subnetId === undefined || network === undefined || 'unread' in network)
        return undefined;
    return network.found?.subnets.find(one => one.name.toLowerCase() === (0,arm_id/* nameOf */.Vb)(subnetId).toLowerCase());
}
function freeAddresses({ addressPrefixes, usedAddresses }) {
    const sizes = addressPrefixes.flatMap(sizeOf);
    if (sizes.length === 0)
        return undefined;
    return Math.max(0, sizes.reduce((sum, size) => sum + size - KEPT_BY_AZURE, 0) - usedAddresses);
}
function sizeOf(prefix) {
    const [, bits] = /^[\d.]+\/(\d{1,2})$/.exec(prefix) ?? [];
    return bits === undefined ? [] : [2 ** (32 - Number(bits))];
}

;// CONCATENATED MODULE: ./build/plan/checks/network-rules.js








const NODES_PER_PUBLIC_IP = 100;
const NETWORK_RULES = [
    {
        id: 'subnet',
        source: PAGE.batchContract,
        check: ofPool((wanted, situation) => {
            const network = situation.observed.named?.network;
            return network && ofLooked('pool-spec: the subnet', network, found => subnetVerdicts(found, wanted, situation));
        })
    },
    {
        id: 'subnet-outbound',
        source: 'learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access (2026-01); learn.microsoft.com/azure/batch/simplified-node-communication-pool-no-public-ip (2022-05)',
        check: ofPool((wanted, situation) => {
            const subnet = subnetOf(wanted, situation);
            if (subnet?.isPrivate !== true || !hasNoAddresses(fitOf(wanted, situation)))
                return undefined;
            return warning(`pool-spec: subnet "${subnet.name}" has no way out (defaultOutboundAccess is false, and it has no NAT gateway and no route table), and the nodes get no public IP addresses: they reach only what private endpoints bring into the network`, 'give the subnet a NAT gateway or a route to a firewall; or see that private endpoints serve all that nodes need: the account’s node management, its storage, registries, package feeds');
        })
    },
    {
        id: 'public-ips',
        source: 'learn.microsoft.com/azure/batch/create-pool-public-ip',
        check: ofPool((wanted, situation) => {
            const addresses = situation.observed.named?.publicIPs ?? [];
            return [
                ...enoughAddresses(addresses.length, wanted),
                ...addresses.flatMap(({ id, looked }) => ofLooked(`pool-spec: public IP address "${(0,arm_id/* nameOf */.Vb)(id)}"`, looked, found => addressVerdicts(id, found, situation)))
            ];
        })
    }
];
const hasNoAddresses = ({ network }) => String(objectAt(network, 'publicIPAddressConfiguration').provision).toLowerCase() === 'nopublicipaddresses';
function subnetVerdicts(network, wanted, situation) {
    const { subnetId } = (0,named_by_pool/* namedByPool */.h)(wanted.spec.pool);
    if (subnetId === undefined)
        return [];
    const { account, pool } = situation.observed;
    const [name, networkName] = [(0,arm_id/* nameOf */.Vb)(subnetId), (0,arm_id/* nameOf */.Vb)((0,arm_id/* parentId */.A1)(subnetId))];
    const about = `pool-spec: subnet "${name}" of virtual network "${networkName}"`;
    const subnet = network?.subnets.find(one => one.name.toLowerCase() === name.toLowerCase());
    if (network === undefined || subnet === undefined) {
        return [
            refusedUnlessThere(pool, subnetId)(network === undefined
                ? `${about}: there is no such virtual network`
                : `${about} does not exist; it has ${subnetNames(network)}`, 'correct networkConfiguration.subnetId, or create the subnet')
        ];
    }
    const elsewhere = account !== undefined && !(0,model_region/* sameRegion */.Z)(network.location, account.location)
        ? [
            error(`${about} is in "${network.location}", and the Batch account in "${account.location}"; nodes join networks of the account’s region only`, 'name a subnet of a virtual network in the account’s region')
        ]
        : [];
    return [
        ...elsewhere,
        ...delegationVerdict(about, subnet),
        ...roomVerdict(about, subnet, nodesToCome(wanted, situation))
    ];
}
const subnetNames = ({ subnets }) => subnets.map(({ name }) => `"${name}"`).join(', ') || 'none';
function delegationVerdict(about, { delegations }) {
    return delegations.length === 0
        ? []
        : [
            warning(`${about} is delegated to ${delegations.join(', ')}; nodes of a pool may not join it`, 'name a subnet that is delegated to nothing')
        ];
}
function nodesToCome({ nodes }, { observed: { pool } }) {
    return Math.max(0, nodes - (pool === undefined ? 0 : pool.currentDedicatedNodes + pool.currentLowPriorityNodes));
}
function roomVerdict(about, subnet, nodes) {
    const { addressPrefixes, usedAddresses } = subnet;
    const left = freeAddresses(subnet);
    return left === undefined || nodes <= left
        ? []
        : [
            warning(`${about} has ${left} free addresses (${addressPrefixes.join(', ')}, of which ${usedAddresses} are in use and Azure keeps ${KEPT_BY_AZURE}) for ${nodes} nodes that are to come`, 'name a larger subnet, or ask for fewer nodes')
        ];
}
function enoughAddresses(addresses, { scale }) {
    if (addresses === 0 || scale.kind !== 'fixed')
        return [];
    const { dedicated, lowPriority } = scale.goal;
    const begun = (nodes) => Math.ceil(nodes / NODES_PER_PUBLIC_IP);
    const needed = begun(dedicated) + begun(lowPriority);
    if (addresses >= needed)
        return [];
    const say = addresses < begun(dedicated + lowPriority) ? error : warning;
    return [
        say(`pool-spec: ${addresses} public IP ${addresses === 1 ? 'address' : 'addresses'} for ${dedicated} dedicated and ${lowPriority} low-priority nodes; each serves ${NODES_PER_PUBLIC_IP} nodes of one kind`, `name ${needed} or more in publicIPAddressConfiguration.ipAddressIds, or ask for fewer nodes`)
    ];
}
function addressVerdicts(id, address, { observed: { account, pool } }) {
    const about = `pool-spec: public IP address "${(0,arm_id/* nameOf */.Vb)(id)}"`;
    if (address === undefined) {
        return [
            refusedUnlessThere(pool, id)(`${about} does not exist in subscription "${(0,arm_id/* subscriptionOf */.XD)(id)}"`, 'correct publicIPAddressConfiguration.ipAddressIds, or create it')
        ];
    }
    const verdicts = [];
    if (account !== undefined && !(0,model_region/* sameRegion */.Z)(address.location, account.location)) {
        verdicts.push(error(`${about} is in "${address.location}", and the Batch account in "${account.location}"; both must be in one region`, 'name public IP addresses of the account’s region'));
    }
    if (address.sku?.toLowerCase() === 'basic' || address.allocationMethod?.toLowerCase() === 'dynamic') {
        verdicts.push(warning(`${about} is ${[address.sku, address.allocationMethod].filter(Boolean).join(', ')}; Batch asks for Standard and Static`, 'create it with the Standard SKU and static allocation'));
    }
    if (address.usedBy !== undefined && pool === undefined) {
        verdicts.push(warning(`${about} is used by ${address.usedBy} already; nodes may not be allocated`, 'name addresses that nothing else uses'));
    }
    return verdicts;
}

;// CONCATENATED MODULE: ./build/plan/checks/pool-body-rules.js






const named = ({ spec }) => `pool "${spec.poolName}"`;
const POOL_BODY_RULES = [
    {
        id: 'left-aside',
        source: 'Microsoft.Batch resource manager contract, 2025-06-01 (readOnly)',
        check: ofPool(({ spec: { leftAside = [] } }) => leftAside.length === 0
            ? undefined
            : note(`pool-spec: left aside, as only Batch or this action sets them: ${leftAside.join(', ')}`, 'nothing needs to be done; leave them out to be rid of this note'))
    },
    {
        id: 'start-task-command',
        source: 'Microsoft.Batch resource manager contract, 2025-06-01 (startTask.commandLine)',
        check: ofPool((wanted, situation) => {
            const { pool } = situation.observed;
            const written = wanted.properties.startTask;
            const startTask = objectAt(fitOf(wanted, situation).properties, 'startTask');
            if (written === undefined || startTask.commandLine !== undefined)
                return undefined;
            const why = pool === undefined ? 'a new pool needs one' : `${named(wanted)} has none to keep`;
            return error(`pool-spec: startTask.commandLine is missing, and ${why}`, 'say what the start task runs');
        })
    },
    {
        id: 'smoke-test-container',
        source: 'Batch service contract, 2025-06-01 (containerSettings of a task)',
        check: ofPool((wanted, situation) => {
            const { smokeTest } = wanted.spec;
            if (smokeTest === undefined)
                return undefined;
            const hasContainers = fitOf(wanted, situation).virtualMachine.containerConfiguration !== undefined;
            const isInContainer = smokeTest.task.containerSettings !== undefined;
            if (hasContainers === isInContainer)
                return undefined;
            return hasContainers
                ? error(`smoke-test: ${named(wanted)} has containerConfiguration, and a task there must say in which container it runs`, 'give the task as JSON, with containerSettings.imageName')
                : error(`smoke-test: has containerSettings, and ${named(wanted)} has no containerConfiguration`, 'leave containerSettings out, or give the pool containerConfiguration');
        })
    },
    {
        id: 'pool-secrets',
        source: PAGE.batchContract,
        check: ofPool((wanted, { observed: { pool } }) => {
            if (pool === undefined)
                return undefined;
            const missing = (0,pool_body/* missingSecretsOf */.fx)(changedBody(wanted, poolDifferences(wanted, pool)), pool);
            return missing.map(({ path, must }) => must
                ? error(`${named(wanted)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows ${path}: the pool would lose it`, `write it into ${pool_body_rules_specOf(wanted)}, with what it is part of, as a reference such as \${env:NAME}` +
                    (path.endsWith('.protectedSettings') ? '; as {} where there is none' : ''))
                : note(`${named(wanted)}: a change of ${topOf(path)} sends it whole, and no answer of Batch shows whether there is ${path}`, `write it into ${pool_body_rules_specOf(wanted)}, if the pool has one`));
        })
    },
    {
        id: 'pool-identities',
        source: 'github.com/hashicorp/terraform-provider-azurerm/issues/30206',
        check: ofPool((wanted, { observed: { pool } }) => {
            const { identity } = wanted.spec.pool;
            const surplus = pool === undefined || identity === undefined ? [] : (0,pool_body/* surplusIdentities */.zS)({ identity }, pool);
            if (surplus.length === 0)
                return undefined;
            return warning(`${named(wanted)} keeps ${surplus.join(', ')}: Batch adds the identities of a change to those that a pool has, and takes none away`, 'to be rid of it, give the pool spec another name, so that a new pool is made; or write it into the spec');
        })
    },
    {
        id: 'pool-change-unmade',
        source: 'the pool’s metadata',
        check: ofPool((wanted, { observed: { pool } }) => {
            const paths = pool === undefined ? [] : unmadeDifferences(wanted, pool).map(({ path }) => path);
            if (paths.length === 0)
                return undefined;
            return error(`${named(wanted)}: an earlier run asked for ${paths.join(', ')}, and Batch answered well and left it as it was`, `${insteadOf(wanted)}, so that a new pool is made with it; to have it tried ` +
                `again, delete "${pool_metadata/* UNMADE_ITEM */.Pc}" from the pool’s metadata`);
        })
    }
];
const insteadOf = ({ spec }) => spec.poolFrom === 'pool'
    ? 'give a pool spec of another name in place of pool'
    : 'take it out of the pool spec, or give the spec another name';
const pool_body_rules_specOf = ({ spec }) => spec.poolFrom === 'pool'
    ? 'a pool spec (pool-spec, in place of pool) that has nothing else but the name'
    : 'the pool spec';
const topOf = (path) => path.split(/[.[]/)[0] ?? path;

;// CONCATENATED MODULE: ./build/plan/pool/resize-timeout.js


const MINUTE = 60_000;
function recommendedResizeTimeoutMs(nodes) {
    return Math.max(nodes > 300 ? 30 * MINUTE : 20 * MINUTE, Math.ceil(nodes / 1_000) * 15 * MINUTE);
}
function resizeTimeoutMs(input, properties, nodes) {
    return input ?? specResizeTimeoutMs(properties) ?? recommendedResizeTimeoutMs(nodes);
}
function specResizeTimeoutMs(properties) {
    const scale = properties.scaleSettings;
    const fixed = (0,model_json/* isJsonObject */.OW)(scale) ? scale.fixedScale : undefined;
    const text = (0,model_json/* isJsonObject */.OW)(fixed) ? fixed.resizeTimeout : undefined;
    return typeof text === 'string' ? (0,iso8601/* parseIso8601Ms */.g)(text) : undefined;
}

;// CONCATENATED MODULE: ./build/plan/core-use.js
function coreLimits(observed, size, pools) {
    const { account } = observed;
    if (account === undefined || account.poolAllocationMode === 'UserSubscription')
        return [];
    const sizeOf = (pool) => observed.vmSizes.find(({ name }) => name.toLowerCase() === pool.vmSize?.toLowerCase());
    const used = (of, nodes) => of.reduce((sum, pool) => sum + nodes(pool) * (sizeOf(pool)?.vCpus ?? 0), 0);
    const dedicatedOf = (pool) => pool.currentDedicatedNodes;
    const isOfFamily = (pool) => sizeOf(pool)?.familyName === size.familyName;
    return [
        {
            cores: 'dedicated cores',
            kind: 'dedicated',
            quota: account.dedicatedCoreQuota,
            used: used(pools, dedicatedOf)
        },
        {
            cores: 'low-priority cores',
            kind: 'lowPriority',
            quota: account.lowPriorityCoreQuota,
            used: used(pools, pool => pool.currentLowPriorityNodes)
        },
        {
            cores: `dedicated cores of ${size.familyName ?? 'its family'}`,
            kind: 'dedicated',
            quota: familyQuota(account, size),
            used: used(pools.filter(isOfFamily), dedicatedOf)
        }
    ];
}
function familyQuota(account, { familyName }) {
    if (!account.dedicatedCoreQuotaPerVMFamilyEnforced || familyName === undefined)
        return undefined;
    const plain = (text) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
    return account.dedicatedCoreQuotaPerVMFamily?.find(({ name }) => plain(name) === plain(familyName))?.coreQuota;
}

;// CONCATENATED MODULE: ./build/plan/checks/core-quota.js





function quotaVerdicts(wanted, situation) {
    const { observed } = situation;
    const size = vmSizeOf(wanted, situation);
    if (wanted.scale.kind !== 'fixed' || size?.vCpus === undefined)
        return [];
    const { goal } = wanted.scale;
    const has = observed.pool === undefined ? { dedicated: 0, lowPriority: 0 } : (0,node_targets/* nodesOf */.Nh)(observed.pool);
    const others = observed.otherPools.filter(pool => !(0,arm_id/* sameId */.s)(pool.poolId, wanted.poolId));
    return coreLimits(observed, size, others).flatMap(limit => {
        const { kind } = limit;
        return quotaVerdict(size, { ...limit, kind: core_quota_KINDS[kind], nodes: goal[kind], has: has[kind] }) ?? [];
    });
}
const core_quota_KINDS = { dedicated: 'dedicated', lowPriority: 'low-priority' };
function quotaVerdict({ name, vCpus = 0 }, { kind, cores, nodes, has, quota, used }) {
    const needed = nodes * vCpus;
    if (quota === undefined || needed + used <= quota)
        return undefined;
    const about = `pool-spec: ${nodes} ${kind} nodes of ${name} need ${needed} ${cores}`;
    const wayOut = (left) => `ask for more quota of the Batch account, or for at most ${Math.max(0, Math.floor(left / vCpus))} ${kind} nodes`;
    if (needed > quota && has >= nodes) {
        return warning(`${about}, and the account’s quota is ${quota}; the pool has them, and may not get them back`, wayOut(quota));
    }
    return needed > quota
        ? error(`${about}, and the account’s quota is ${quota}`, wayOut(quota))
        : warning(`${about}; the account’s quota is ${quota}, of which its other pools have ${used}`, wayOut(quota - used));
}

;// CONCATENATED MODULE: ./build/plan/checks/pool-rules.js










const DAY_MS = 86_400_000;
const baseOf = ({ source }, { imageFrom = 'image-id' }) => source === undefined ? imageFrom : source.input;
const POOL_RULES = [
    {
        id: 'account-exists',
        source: PAGE.galleryPools,
        check: ({ spec: { rollout }, observed }) => rollout === undefined || observed.account !== undefined
            ? undefined
            : error(`batch-account: "${rollout.batchAccountId}" does not exist, or the caller may not see it`, 'correct the id, or give the caller the Azure Batch Data Contributor role on the account')
    },
    {
        id: 'pool-exists',
        source: PAGE.batchContract,
        check: ({ spec: { rollout }, observed }) => rollout === undefined || observed.account === undefined || !isMissing(rollout, observed)
            ? undefined
            : error(`pool: there is no pool "${rollout.poolName}" in Batch account "${(0,arm_id/* nameOf */.Vb)(rollout.batchAccountId)}"`, 'correct the name; or give a pool spec (pool-spec) in its place, which makes a pool that is missing')
    },
    {
        id: 'account-entra',
        source: PAGE.galleryPools,
        check: ({ observed }) => {
            const { account } = observed;
            return account === undefined || allowsEntra(account)
                ? undefined
                : error(`batch-account: allows ${account.allowedAuthenticationModes?.join(', ') || 'no'} authentication only, and custom images need Microsoft Entra ID`, 'allow AAD among the account’s authentication modes');
        }
    },
    {
        id: 'base-image-supported',
        source: PAGE.galleryPools,
        check: ofPool(({ nodeAgent, spec }, { observed }) => {
            const { baseImage, supported, from } = nodeAgent;
            if (supported !== undefined || observed.account === undefined)
                return undefined;
            if (observed.serviceRefused !== undefined)
                return undefined;
            if (from === 'nowhere') {
                const why = baseImage === undefined
                    ? 'the base image is not known'
                    : `Batch doesn’t list the base image "${describeBaseImage(baseImage)}"`;
                return error(`pool-spec: nodeAgentSkuId is left out, and ${why}`, 'build the VM from a marketplace image that Batch supports (az batch pool supported-images list), or name the nodeAgentSkuId that fits the guest');
            }
            return baseImage === undefined
                ? note(`pool-spec: the base image of pool "${spec.poolName}" is not known; nodeAgentSkuId "${nodeAgent.nodeAgentSkuId}" is taken from the ${from}`, 'make sure that it fits the guest')
                : warning(`${baseOf(observed, spec)}: Batch doesn’t list the base image "${describeBaseImage(baseImage)}"; nodes may be unusable`, 'build the VM from a marketplace image that Batch supports (az batch pool supported-images list)');
        })
    },
    {
        id: 'base-image-end-of-life',
        source: 'batchSupportEndOfLife in GET /supportedimages',
        check: ofPool(({ nodeAgent, spec }, { observed }) => {
            const { supported } = nodeAgent;
            if (supported?.batchSupportEndOfLife === undefined)
                return undefined;
            const days = Math.floor((Date.parse(supported.batchSupportEndOfLife) - observed.at) / DAY_MS);
            const day = supported.batchSupportEndOfLife.slice(0, 10);
            const about = `Batch’s support of "${describeBaseImage(supported)}" (${supported.nodeAgentSkuId})`;
            if (days < 0) {
                const message = `${baseOf(observed, spec)}: ${about} ended on ${day}; it refuses new pools, and may scale pools in to zero`;
                const wayOut = 'build the VM from a newer base image';
                const isRefused = observed.pool === undefined && hasEnded(supported.nodeAgentSkuId, observed);
                return isRefused ? error(message, wayOut) : warning(message, wayOut);
            }
            return days <= 180
                ? warning(`${baseOf(observed, spec)}: ${about} ends on ${day}, in ${days} days`, 'plan to move to a newer base image')
                : undefined;
        })
    },
    {
        id: 'node-agent-matches',
        source: PAGE.galleryPools,
        check: ofPool(({ nodeAgent }) => {
            const { supported, nodeAgentSkuId, from } = nodeAgent;
            return from !== 'spec' || supported === undefined || supported.nodeAgentSkuId === nodeAgentSkuId
                ? undefined
                : warning(`pool-spec: nodeAgentSkuId "${nodeAgentSkuId}" does not fit the base image "${describeBaseImage(supported)}", for which Batch has "${supported.nodeAgentSkuId}"; nodes may not start`, 'leave nodeAgentSkuId out: it is inferred; or make sure that it fits a guest that was upgraded since');
        })
    },
    {
        id: 'node-agent-listed',
        source: 'GET /supportedimages; node agents that are no longer supported: github.com/Azure/Batch/issues/180',
        check: ofPool(({ nodeAgent }, { observed }) => {
            const { nodeAgentSkuId = '', from } = nodeAgent;
            const present = virtualMachineConfigurationOf(observed.pool?.body.properties)?.nodeAgentSkuId;
            const known = [...observed.supportedImages.map(image => image.nodeAgentSkuId), String(present)];
            const isKnown = known.some(agent => agent.toLowerCase() === nodeAgentSkuId.toLowerCase());
            if (from !== 'spec' || observed.supportedImages.length === 0 || isKnown)
                return undefined;
            return warning(`pool-spec: Batch lists no image with nodeAgentSkuId "${nodeAgentSkuId}"; it refuses a node agent that it doesn’t have`, 'leave nodeAgentSkuId out: it is inferred; or name one that Batch lists (az batch pool supported-images list)');
        })
    },
    {
        id: 'vm-size',
        source: 'GET locations/{l}/virtualMachineSkus',
        check: ofPool((wanted, situation) => {
            const { observed } = situation;
            const { vmSize } = wanted.properties;
            if (vmSize === undefined && observed.pool === undefined) {
                return error('pool-spec: vmSize is missing, and a new pool needs one', 'name the size of the nodes');
            }
            if (observed.vmSizes.length === 0)
                return undefined;
            const size = vmSizeOf(wanted, situation);
            return size === undefined ? notOffered(wanted, observed) : fits(size, wanted, situation);
        })
    },
    {
        id: 'core-quota',
        source: PAGE.batchQuota,
        check: ofPool((wanted, situation) => quotaVerdicts(wanted, situation))
    },
    {
        id: 'resize-timeout',
        source: PAGE.galleryPools,
        check: ofPool(({ spec, nodes }) => {
            const asked = resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, nodes);
            const recommended = recommendedResizeTimeoutMs(nodes);
            return asked >= recommended || nodes <= 300
                ? undefined
                : warning(`resize-timeout: ${asked / 60_000} minutes for ${nodes} nodes from a custom image`, `at least ${recommended / 60_000}m is recommended; the resize is asked for again in any case`);
        })
    },
    {
        id: 'drain-deadline',
        source: 'drain-timeout and deadline',
        check: ofPool((wanted, { spec, observed }) => {
            const { drainTimeoutMs, imageChange } = wanted.spec;
            if (imageChange !== 'in-place' || observed.pool === undefined || drainTimeoutMs < spec.deadlineMs)
                return undefined;
            return warning(`drain-timeout: ${drainTimeoutMs / 60_000} minutes don’t fit in a deadline of ${spec.deadlineMs / 60_000} minutes; the drain ends 10 minutes before the deadline`, 'give a longer deadline, or a shorter drain-timeout');
        })
    },
    {
        id: 'pool-leased',
        source: 'the pool’s metadata',
        check: ofPool((wanted, { spec, observed, context }) => {
            const lease = (0,rules_lease/* leaseOf */.m8)(observed.pool?.metadata ?? []);
            const now = observed.account?.readAt ?? observed.at;
            if (lease === undefined || (0,rules_lease/* leaseState */.oi)(lease, context, now) !== 'held')
                return undefined;
            const { message, wayOut } = (0,rules_lease/* heldMessage */.BA)(lease);
            const text = `pool "${wanted.spec.poolName}": ${message}`;
            return spec.dryRun ? note(text, wayOut) : error(text, wayOut);
        })
    },
    {
        id: 'no-nodes',
        source: PAGE.batchContract,
        check: ofPool(({ scale, spec }) => scale.kind === 'none'
            ? warning(`pool-spec: has no scaleSettings, so pool "${spec.poolName}" is made without nodes and the image is not proved`, 'add scaleSettings.fixedScale or autoScale')
            : undefined)
    }
];
function notOffered({ properties: { vmSize } }, { pool, account }) {
    const present = pool?.vmSize?.toLowerCase();
    const name = String(vmSize ?? present);
    const message = `pool-spec: Batch doesn’t offer vmSize "${name}" in "${account?.location}"`;
    const wayOut = 'choose one that it lists (az batch location list-skus)';
    return name.toLowerCase() === present
        ? warning(`${message} any more; nodes may not be made`, wayOut)
        : error(message, wayOut);
}
function hasEnded(nodeAgentSkuId, { supportedImages, at }) {
    return supportedImages
        .filter(image => image.nodeAgentSkuId === nodeAgentSkuId)
        .every(({ batchSupportEndOfLife: end }) => end !== undefined && Date.parse(end) < at);
}
function fits(size, wanted, situation) {
    const { image, isProved } = fitOf(wanted, situation);
    const { hyperVGeneration, architecture } = image;
    if (isProved)
        return undefined;
    if (hyperVGeneration !== undefined && size.hyperVGenerations?.includes(hyperVGeneration) === false) {
        return error(`pool-spec: vmSize "${size.name}" boots images of generation ${size.hyperVGenerations.join(', ')} only, and this one is ${hyperVGeneration}`, 'choose a size of the image’s generation');
    }
    const known = size.architecture !== undefined && architecture !== undefined;
    return known && size.architecture?.toLowerCase() !== architecture.toLowerCase()
        ? error(`pool-spec: vmSize "${size.name}" is ${size.architecture}, and the image is ${architecture}`, 'choose a size of the image’s architecture')
        : undefined;
}

;// CONCATENATED MODULE: ./build/plan/checks/place-rules.js





const PLACE_RULES = [
    {
        id: 'regions-offered',
        source: 'GET /subscriptions/{id}/locations',
        check: ({ spec, observed: { regions } }) => {
            const target = spec.image?.publishTo;
            if (target?.kind !== 'gallery' || regions === undefined)
                return undefined;
            const { galleryImageId, targetRegions } = target;
            return ofLooked('target-regions', regions, (offered = []) => targetRegions
                .filter(({ region }) => offered.length > 0 && !offered.some(other => (0,model_region/* sameRegion */.Z)(other, region)))
                .map(({ region }) => error(`target-regions: subscription "${(0,arm_id/* subscriptionOf */.XD)(galleryImageId)}" offers no region "${region}"${(0,shared_text/* didYouMean */.au)(region, offered)}`, 'name regions as Azure lists them (az account list-locations --query "[].name")')));
        }
    },
    {
        id: 'groups-exist',
        source: 'Resource Manager: 404 ResourceGroupNotFound (recorded)',
        check: ({ imageExists, observed: { groups = [] } }) => imageExists
            ? undefined
            : groups.flatMap(({ input, name, looked }) => ofLooked(`${input}: resource group "${name}"`, looked, found => found !== undefined
                ? []
                : [
                    error(`${input}: resource group "${name}" does not exist`, `correct it, or create the group (az group create --name ${name})`)
                ]))
    }
];

;// CONCATENATED MODULE: ./build/plan/latest-proved.js


function describePassedOver({ passedOver }) {
    const reasons = Map.groupBy(passedOver, ({ why }) => why);
    return [...reasons].map(([why, rows]) => `${rows.length} ${rows.length === 1 ? 'is' : 'are'} ${why}`).join(', ');
}
function latestProvedFacts({ spec, observed: { latestProved: found, rolloutVersion } }) {
    const definition = spec.rollout?.latestProvedOf;
    if (definition === undefined || found?.versionId === undefined || rolloutVersion === undefined)
        return [];
    const newer = found.passedOver.length === 0 ? '' : `; of ${found.passedOver.length} newer, ${describePassedOver(found)}`;
    const proof = rolloutVersion.tags[run_tags/* TAG */.Dk.proved] ?? '';
    return [
        {
            label: 'image',
            value: `${(0,arm_id/* nameOf */.Vb)(found.versionId)} of ${(0,arm_id/* nameOf */.Vb)(definition)}, the latest that is proved (${proof})${newer}`
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/checks/proof-rules.js





const proof_rules_SOURCE = 'tags of the version, which this action writes';
const PROOF_RULES = [
    {
        id: 'latest-proved',
        source: proof_rules_SOURCE,
        check: ({ spec: { rollout }, observed: { latestProved: found, rolloutDefinition } }) => {
            const definition = rollout?.latestProvedOf;
            if (definition === undefined || found === undefined || found.versionId !== undefined)
                return undefined;
            if (rolloutDefinition === undefined) {
                return error(`image-id: image definition "${definition}" does not exist, or the caller may not see it`, 'correct the id, or give the caller a role on the gallery');
            }
            const why = found.versions === 0 ? 'it has no version' : `of ${found.versions}, ${describePassedOver(found)}`;
            return error(`image-id: no version of "${(0,arm_id/* nameOf */.Vb)(definition)}" counts as latest-proved: ${why}`, `name a version (image-id: …/images/${(0,arm_id/* nameOf */.Vb)(definition)}/versions/{version}): a rollout that ends well tags one that this action made with ${run_tags/* TAG */.Dk.proved}`);
        }
    },
    {
        id: 'image-agrees',
        source: 'image-id, and the pool spec',
        check: ({ spec, observed }) => {
            const { latestProvedOf, imageId: pinned, poolFrom } = spec.rollout ?? {};
            const latest = givenImageId(spec, observed);
            if (latestProvedOf === undefined || latest === undefined || pinned === undefined || (0,arm_id/* sameId */.s)(pinned, latest)) {
                return undefined;
            }
            return error(`image-id: the latest proved version of "${(0,arm_id/* nameOf */.Vb)(latestProvedOf)}" is "${(0,arm_id/* nameOf */.Vb)(latest)}", and ${poolFrom} pins "${(0,arm_id/* nameOf */.Vb)(pinned)}"`, `leave image-id out to roll out the one that is pinned, or pin "${(0,arm_id/* nameOf */.Vb)(latest)}"`);
        }
    },
    {
        id: 'image-failed-before',
        source: proof_rules_SOURCE,
        check: ({ spec: { rollout }, observed: { rolloutVersion: version } }) => {
            if (rollout === undefined || version?.tags[run_tags/* TAG */.Dk.state] !== 'failed')
                return undefined;
            const { imageFrom = 'image-id', force } = rollout;
            const why = version.tags[run_tags/* TAG */.Dk.failed] ?? `its tag ${run_tags/* TAG */.Dk.state} says so`;
            const message = `${imageFrom}: image version "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" failed before: ${why}`;
            return force
                ? warning(`${message}; force is "true"`, 'watch the first nodes; where they are healthy, the tag goes')
                : error(message, 'roll out another version, or the newest that nodes have proved (image-id: {definition}/latest-proved); where the image wasn’t to blame, force: true');
        }
    }
];

;// CONCATENATED MODULE: ./build/plan/checks/of-source.js
function of_source_ofSource(check) {
    return situation => {
        const { source } = situation.observed;
        return source === undefined || situation.imageExists ? undefined : check(source, situation);
    };
}
const of_source_named = (disks) => disks.map(({ name }) => `"${name}"`).join(', ');
const disksAre = (disks) => disks.length === 1 ? `disk ${of_source_named(disks)} is` : `disks ${of_source_named(disks)} are`;

;// CONCATENATED MODULE: ./build/plan/checks/source-disk-rules.js






const SOURCE_DISK_RULES = [
    {
        id: 'ephemeral-os-disk',
        source: 'learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks (2026-09)',
        check: of_source_ofSource(({ input, osDisk, id }) => osDisk.ephemeral === true
            ? error(`${input}: the OS disk of "${(0,arm_id/* nameOf */.Vb)(id)}" is ephemeral: it is on the VM’s host alone, and no snapshot can be taken of it`, 'build the VM with an OS disk that is a managed disk (az vm create without --ephemeral-os-disk); nodes may have ephemeral ones all the same')
            : undefined)
    },
    {
        id: 'managed-disks',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ diskId }) => diskId === undefined);
            return disks.length === 0
                ? undefined
                : error(`${source.input}: ${disksAre(disks)} not managed by Azure, and snapshots are made of managed disks`, `convert the VM to managed disks (az vm convert), or leave data disks out with data-disks`);
        })
    },
    {
        id: 'azure-disk-encryption',
        source: PAGE.diskEncryption,
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ disk }) => disk?.azureDiskEncryption === true);
            return disks.length === 0
                ? undefined
                : error(`${source.input}: ${disksAre(disks)} encrypted by Azure Disk Encryption; no VM starts from an image with such a disk`, 'turn Azure Disk Encryption off on the VM; encryption at rest and at host are no obstacle');
        })
    },
    {
        id: 'disk-type',
        source: 'learn.microsoft.com/azure/virtual-machines/disks-deploy-premium-v2, disks-enable-ultra-ssd (2025-06); Azure/azure-cli#29091',
        check: of_source_ofSource((source, situation) => {
            const disks = chosenDisks(source, situation).filter(({ disk }) => NO_IMAGE.test(disk?.sku ?? ''));
            if (disks.length === 0)
                return undefined;
            const named = disks.map(({ name, disk }) => `"${name}" (${disk?.sku})`).join(', ');
            const wayOut = 'leave it out with data-disks; or copy it to a Premium_LRS disk, which takes its place on the VM';
            return situation.spec.image?.publishTo.kind === 'gallery'
                ? error(`${source.input}: ${named}: a gallery takes no Ultra and no Premium SSD v2 disks`, wayOut)
                : warning(`${source.input}: ${named}: images of Ultra and Premium SSD v2 disks are not documented as possible`, wayOut);
        })
    },
    {
        id: 'disk-size',
        source: `${PAGE.imageVersion}: a data disk has 1 TB at most; ${PAGE.gallery}: an image below 2 TB, or Shallow; the service’s own message names 2,048 (MicrosoftDocs/azure-docs#113012)`,
        check: of_source_ofSource((source, situation) => {
            const target = situation.spec.image?.publishTo;
            if (target?.kind !== 'gallery')
                return undefined;
            return chosenDisks(source, situation).flatMap(disk => sizeVerdict(source, disk, target.replicationMode));
        })
    },
    {
        id: 'data-disk-luns',
        source: 'storageProfile.dataDisks in GET virtualMachines/{vm}',
        check: of_source_ofSource((source, { spec }) => {
            const wanted = spec.image?.dataDisks;
            const missing = Array.isArray(wanted)
                ? wanted.filter(lun => source.dataDisks.every(disk => disk.lun !== lun))
                : [];
            const has = source.dataDisks.map(({ lun }) => lun).join(', ') || 'none';
            return missing.length === 0
                ? undefined
                : error(`data-disks: LUN ${missing.join(', ')} is not attached to "${(0,arm_id/* nameOf */.Vb)(source.id)}"; it has ${has}`, 'name LUNs that are there');
        })
    },
    {
        id: 'data-disks-mounted',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, situation) => {
            const data = chosenDisks(source, situation).slice(1);
            if (data.length === 0)
                return undefined;
            const startTask = situation.pool && fitOf(situation.pool, situation).properties.startTask;
            const wayOut = 'mount them in the pool spec’s startTask, by label or UUID; or leave them out with data-disks: none';
            return situation.pool !== undefined && !(0,model_json/* isJsonObject */.OW)(startTask)
                ? warning(`pool-spec: the image has data disks (${of_source_named(data)}) and the pool has no startTask; nodes don’t mount them`, wayOut)
                : note(`${source.input}: the image has data disks (${of_source_named(data)}), which nodes don’t mount by themselves`, wayOut);
        })
    },
    {
        id: 'temporary-drive',
        source: PAGE.galleryPools,
        check: of_source_ofSource(source => note(`${source.input}: Batch’s node agent needs the default temporary drive (${source.osType === 'Windows' ? 'D:' : '/mnt, or /mnt/resource'}), and Azure doesn’t say whether the image keeps it`, 'leave the temporary drive where the base image has it'))
    },
    {
        id: 'os-disk-caching',
        source: PAGE.galleryPools,
        check: of_source_ofSource(({ input, osDisk }) => osDisk.caching === 'ReadWrite'
            ? undefined
            : note(`${input}: the OS disk’s caching is "${osDisk.caching}", with which nodes start more slowly`, 'set it to ReadWrite on the VM before the next image'))
    }
];
const NO_IMAGE = /^(PremiumV2|UltraSSD)_LRS$/i;
function sizeVerdict({ input }, { name, lun, disk }, mode) {
    const size = disk?.sizeGB ?? 0;
    const what = `${input}: ${lun === undefined ? 'OS' : 'data'} disk "${name}" has ${size} GiB`;
    const wayOut = `${lun === undefined ? '' : 'leave it out with data-disks, '}shrink it, or publish with replication-mode: Shallow`;
    if (mode === 'Full' && size > 2_048)
        return [error(`${what}, and a disk of a gallery image has 2048 GiB at most`, wayOut)];
    return lun !== undefined && size > 1_024
        ? [
            warning(`${what}; Microsoft’s page says 1 TB at most for a data disk of a gallery image, the service itself 2048 GiB`, 'if Azure refuses the version, leave the disk out with data-disks, or shrink it')
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/checks/source-rules.js






const SOURCE_RULES = [
    {
        id: 'source-exists',
        source: PAGE.galleryPools,
        check: situation => {
            const { spec, observed, imageExists } = situation;
            if (spec.image === undefined || imageExists)
                return undefined;
            const wayOut = 'correct the id, or give the caller the Reader role on the VM and its disks';
            if (observed.source === undefined) {
                return error(`${spec.image.source.input}: "${spec.image.source.id}" does not exist, or the caller may not see it`, wayOut);
            }
            const unseen = chosenDisks(observed.source, situation).filter(({ diskId, disk, ephemeral }) => diskId !== undefined && disk === undefined && ephemeral !== true);
            return unseen.length === 0
                ? undefined
                : error(`${observed.source.input}: ${disksAre(unseen)} not there, or the caller may not see it`, wayOut);
        }
    },
    {
        id: 'generalized',
        source: PAGE.galleryPools,
        check: of_source_ofSource((source, { spec }) => source.generalized || spec.image?.generalized === true
            ? undefined
            : error(`${source.input}: "${(0,arm_id/* nameOf */.Vb)(source.id)}" is not known to Azure as generalized, and Batch takes generalized images only`, 'generalize the guest (waagent -deprovision+user, or sysprep /generalize), then say generalize: done'))
    },
    {
        id: 'vm-extensions',
        source: PAGE.galleryPools,
        check: of_source_ofSource(({ input, extensions, id }) => extensions.length === 0
            ? undefined
            : warning(`${input}: "${(0,arm_id/* nameOf */.Vb)(id)}" has extensions: ${extensions.map(({ publisher, type }) => `${publisher}.${type}`).join(', ')}; nodes of a pool may fail to start from such an image`, 'remove the extensions from the VM; give nodes theirs by the pool spec’s virtualMachineConfiguration.extensions'))
    },
    {
        id: 'vm-running',
        source: PAGE.imageVersion,
        check: of_source_ofSource(({ input, powerState, id, dataDisks }, { spec }) => powerState === undefined || /deallocated|stopped/.test(powerState) || spec.image?.stopVm !== false
            ? undefined
            : warning(`${input}: "${(0,arm_id/* nameOf */.Vb)(id)}" is ${powerState}; each snapshot is what its disk held at that instant${dataDisks.length > 0 ? ', and not the same instant for all disks' : ''}`, 'say stop-vm: true, or deallocate the VM before the run'))
    },
    {
        id: 'trusted-launch-managed-image',
        source: `${PAGE.trustedLaunch}; ${CONFIDENTIAL}`,
        check: of_source_ofSource((source, { spec }) => {
            const type = securityTypeOf(source);
            return type === 'Standard' || spec.image?.publishTo.kind !== 'managed'
                ? undefined
                : error(`publish-to: "${(0,arm_id/* nameOf */.Vb)(source.id)}" is a ${type === 'TrustedLaunch' ? 'Trusted Launch' : 'confidential'} VM, of which no managed image can be made`, 'publish to a gallery image definition');
        })
    },
    {
        id: 'confidential-source',
        source: CONFIDENTIAL,
        check: of_source_ofSource((source, situation) => {
            const target = situation.spec.image?.publishTo;
            return securityTypeOf(source) === 'ConfidentialVM' && target?.kind === 'gallery'
                ? confidentialVerdicts(source, situation, target.targetRegions)
                : undefined;
        })
    }
];
function confidentialVerdicts(source, { observed: { account } }, asked) {
    const is = `${source.input}: "${(0,arm_id/* nameOf */.Vb)(source.id)}" is a confidential VM`;
    const verdicts = [];
    if (hasCustomersKey(source)) {
        verdicts.push(error(`${is} whose OS disk is encrypted with a customer’s key; its image needs a disk encryption set, which this action can’t name`, 'build the VM with a platform-managed key'));
    }
    const regions = [...asked.map(({ region }) => region), ...(account === undefined ? [] : [account.location])];
    const far = [...new Set(regions.filter(region => !(0,model_region/* sameRegion */.Z)(region, source.location)))];
    if (far.length > 0) {
        verdicts.push(error(`${is} in "${source.location}", and its image can’t be replicated to another region: ${far.join(', ')}`, 'build the VM in the Batch account’s region, and leave target-regions out'));
    }
    if (source.osType === 'Windows' && /DiskEncrypted/i.test(source.osDisk.disk?.securityType ?? '')) {
        verdicts.push(warning(`${is} with an encrypted OS disk; Microsoft’s page says that sysprep may not be able to generalize it, a later report that it is`, 'if nodes don’t start, build the VM without encryption of its OS disk'));
    }
    return verdicts;
}

;// CONCATENATED MODULE: ./build/plan/image/region-changes.js

const NO_REGION_CHANGE = { takeOff: [], regions: [], raised: [] };
function regionChange(there, wanted) {
    if (there.replicationMode === 'Shallow')
        return NO_REGION_CHANGE;
    const present = (region) => there.targetRegions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    const takeOff = wanted
        .map(({ region }) => region)
        .filter(region => failureIn(there, region) && !isHome(there, region));
    const raised = wanted
        .filter(({ region, replicas }) => replicas > (present(region)?.replicas ?? Infinity))
        .map(({ region }) => region);
    const regions = wanted
        .filter(({ region }) => present(region) === undefined || takeOff.includes(region) || raised.includes(region))
        .map(({ region, replicas }) => ({ region, replicas: Math.max(replicas, present(region)?.replicas ?? 0) }));
    return { takeOff, regions, raised };
}
function failureIn({ targetRegions, replication }, region) {
    const isMeant = targetRegions.some(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    return isMeant
        ? replication?.regions.find(row => row.state === 'Failed' && (0,model_region/* sameRegion */.Z)(row.region, region))
        : undefined;
}
function isHome({ location }, region) {
    return (0,model_region/* sameRegion */.Z)(location, region);
}
function describeChange({ takeOff, regions, raised }) {
    const names = (rows) => rows.map(({ region }) => region).join(', ');
    const added = regions.filter(({ region }) => !takeOff.includes(region) && !raised.includes(region));
    const more = regions.filter(({ region }) => !takeOff.includes(region) && raised.includes(region));
    return [
        ...(takeOff.length === 0
            ? []
            : [`take ${takeOff.join(', ')} off and add ${takeOff.length === 1 ? 'it' : 'them'} again`]),
        ...(added.length === 0 ? [] : [`add ${names(added)}`]),
        ...more.map(({ region, replicas }) => `raise ${region} to ${replicas} replicas`)
    ].join(', ');
}

;// CONCATENATED MODULE: ./build/plan/checks/version-rules.js






const FAILED_REGIONS = 'github.com/Azure/azure-cli/issues/15539';
function versionThere({ observed, version, imageExists }) {
    return imageExists ? observed.versions.find(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId) === version?.version) : undefined;
}
const VERSION_RULES = [
    {
        id: 'promotion-without-effect',
        source: PAGE.imageVersion,
        check: ({ spec, observed, version }) => {
            const target = spec.image?.publishTo;
            if (target?.kind !== 'gallery' || version === undefined)
                return undefined;
            if (spec.rollout?.stopAfter !== undefined)
                return undefined;
            const becomesShown = target.promote === 'now' || (target.promote === 'when-proved' && spec.rollout !== undefined);
            const greater = observed.versions
                .filter(({ excludeFromLatest }) => !excludeFromLatest)
                .map(({ versionId }) => (0,arm_id/* nameOf */.Vb)(versionId))
                .filter(name => compareVersions(name, version.version) > 0)
                .toSorted((a, b) => compareVersions(b, a))[0];
            return becomesShown && greater !== undefined
                ? warning(`image-version: "${version.version}" will be promoted, and "latest" stays "${greater}": Azure takes the greatest number that isn’t hidden`, `name a version above "${greater}"; or hide that one (excludeFromLatest), or delete it, if it shouldn’t be the latest`)
                : undefined;
        }
    },
    {
        id: 'region-failed',
        source: FAILED_REGIONS,
        check: situation => {
            const there = versionThere(situation);
            return there?.targetRegions.flatMap(({ region }) => ofFailed(situation, there, region));
        }
    },
    {
        id: 'replicas-kept',
        source: PAGE.gallery,
        check: situation => {
            const there = versionThere(situation);
            const target = situation.spec.image?.publishTo;
            if (there === undefined || target?.kind !== 'gallery')
                return undefined;
            return target.targetRegions.flatMap(({ region, replicas }) => ofReplicas(there, region, replicas));
        }
    },
    {
        id: 'rollout-replicas',
        source: PAGE.galleryPools,
        check: ({ observed: { rolloutVersion: version, account }, pool }) => {
            const replicas = version?.targetRegions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, account?.location ?? ''))?.replicas;
            if (version === undefined || account === undefined || replicas === undefined || pool === undefined)
                return undefined;
            return (0,arm_id/* sameId */.s)(version.versionId, pool.imageId) && replicas < replicasFor(pool.nodes)
                ? warning(`image-id: "${(0,arm_id/* nameOf */.Vb)(version.versionId)}" has ${counted(replicas)} in "${account.location}" for ${pool.nodes} nodes; Batch’s rule is one for each 300`, `let the run that makes it ask for more (target-regions: ${account.location}=${replicasFor(pool.nodes)}), or raise them yourself (az sig image-version update)`)
                : undefined;
        }
    }
];
function ofFailed(situation, there, region) {
    const failed = failureIn(there, region);
    if (failed === undefined)
        return [];
    const name = (0,arm_id/* nameOf */.Vb)(there.versionId);
    const why = failed.details === undefined ? '' : `: ${failed.details}`;
    const message = `image-version: the replication of "${name}" to "${region}" has failed${why}`;
    const isNeeded = situation.pool !== undefined && (0,model_region/* sameRegion */.Z)(region, situation.observed.account?.location ?? '');
    if (there.replicationMode === 'Shallow' || isHome(there, region)) {
        const because = there.replicationMode === 'Shallow' ? 'a shallow version gains no region' : 'a version keeps its own region';
        const says = isNeeded ? error : warning;
        return [
            says(`${message}; it can’t be taken off and added again: ${because}`, 'publish another version (image-version)')
        ];
    }
    const isAsked = asksFor(situation, region);
    return [
        isAsked
            ? note(`${message}; it is taken off and added again`, 'nothing: Azure advises this')
            : warning(`${message}, and target-regions doesn’t ask for it`, 'take it off the version, or ask for it: then it is fixed')
    ];
}
function asksFor({ spec, observed: { source, account } }, region) {
    const asked = spec.image?.publishTo.kind === 'gallery' ? spec.image.publishTo.targetRegions : [];
    return [...asked.map(one => one.region), source?.location ?? '', account?.location ?? ''].some(one => (0,model_region/* sameRegion */.Z)(one, region));
}
const counted = (replicas) => `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
function ofReplicas(there, region, asked) {
    const present = there.targetRegions.find(one => (0,model_region/* sameRegion */.Z)(one.region, region));
    const name = (0,arm_id/* nameOf */.Vb)(there.versionId);
    const isShallow = there.replicationMode === 'Shallow';
    if (present === undefined) {
        return isShallow
            ? [
                warning(`target-regions: "${name}" is Shallow and not in "${region}"; a shallow version gains no region later`, 'publish another version (image-version): it gets all its regions from the start')
            ]
            : [];
    }
    if (asked === undefined || asked === present.replicas)
        return [];
    if (asked < present.replicas) {
        return [
            note(`target-regions: "${name}" has ${counted(present.replicas)} in "${region}", more than the ${asked} asked for; they stay`, 'make them fewer yourself (az sig image-version update) when no pool counts on them')
        ];
    }
    return isShallow
        ? [
            warning(`target-regions: "${name}" is Shallow and has ${counted(present.replicas)} in "${region}"; it gains none later`, `publish another version (image-version): it gets ${asked} from the start`)
        ]
        : [];
}

;// CONCATENATED MODULE: ./build/plan/checks/vm-lease-rules.js




const vm_lease_rules_SOURCE = 'this action: a VM that is stopped for its snapshots carries the lease of its run in its tags';
const VM_LEASE_RULES = [
    {
        id: 'vm-held',
        source: vm_lease_rules_SOURCE,
        check: ({ spec, imageExists, context, observed: { source, at } }) => {
            const lease = source && (0,rules_lease/* leaseOfTags */.n7)(source.tags);
            if (source === undefined || lease === undefined || spec.image?.stopVm !== true || imageExists)
                return;
            if ((0,vm_state/* stateOf */.L)(source, context, at) !== 'held')
                return;
            const { message, wayOut } = (0,rules_lease/* heldMessage */.BA)(lease, 'VM');
            return error(`${source.input}: "${(0,arm_id/* nameOf */.Vb)(source.id)}": ${message}`, wayOut);
        }
    },
    {
        id: 'vm-left-stopped',
        source: vm_lease_rules_SOURCE,
        check: ({ spec, imageExists, context, observed: { source, at } }) => {
            const lease = source && (0,rules_lease/* leaseOfTags */.n7)(source.tags);
            if (source === undefined || lease === undefined || /^(running|starting)$/.test(source.powerState ?? ''))
                return;
            const isHeld = (0,vm_state/* stateOf */.L)(source, context, at) === 'held';
            if (spec.image === undefined || (spec.image.stopVm && !(imageExists && isHeld)))
                return;
            const is = `${source.input}: "${(0,arm_id/* nameOf */.Vb)(source.id)}" is ${source.powerState ?? 'in an unknown state'}: ${(0,rules_lease/* describeHolder */.sG)(lease)}`;
            return isHeld
                ? note(`${is} has stopped it for its snapshots, and holds it until ${lease.until}`, 'let that run end; if it is dead, start the VM')
                : warning(`${is} stopped it, and has not started it again`, 'run once with stop-vm: true, which starts it again; or start it, and delete the lease from its tags');
        }
    }
];

;// CONCATENATED MODULE: ./build/plan/checks/index.js


















const RULES = [
    ...SOURCE_RULES,
    ...SOURCE_DISK_RULES,
    ...VM_LEASE_RULES,
    ...IMAGE_RULES,
    ...VERSION_RULES,
    ...PROOF_RULES,
    ...PLACE_RULES,
    ...ACCESS_RULES,
    ...POOL_RULES,
    ...POOL_BODY_RULES,
    ...FORMULA_RULES,
    ...COMPATIBILITY_RULES,
    ...NETWORK_RULES,
    ...NAMED_RULES,
    ...LIMIT_RULES,
    ...MANAGED_IMAGE_RULES,
    ...GOING_AWAY_RULES
];
function checkAll(situation) {
    const findings = runRules(RULES, situation);
    return situation.spec.rollout?.poolFrom === 'pool' ? findings.map(ofPoolAsItIs) : findings;
}
function ofPoolAsItIs(finding) {
    return { ...finding, message: finding.message.replace(/^pool-spec: /, 'pool: ') };
}

// EXTERNAL MODULE: ./build/model/node-state.js
var node_state = __webpack_require__(62976);
;// CONCATENATED MODULE: ./build/plan/facts.js






function factsOf(situation) {
    return [...sourceFacts(situation), ...imageFacts(situation), ...latestProvedFacts(situation), ...poolFacts(situation)];
}
function imageFacts({ spec, observed, version }) {
    if (spec.image === undefined)
        return [];
    if (spec.image.publishTo.kind === 'managed')
        return [{ label: 'image', value: `managed image ${(0,arm_id/* nameOf */.Vb)(spec.image.publishTo.imageId)}` }];
    const definition = (0,arm_id/* nameOf */.Vb)(spec.image.publishTo.galleryImageId);
    const there = observed.galleryImage === undefined
        ? 'to be made'
        : `${observed.versions.length} ${observed.versions.length === 1 ? 'version' : 'versions'}`;
    return [
        { label: 'definition', value: `${definition} (${there})` },
        { label: 'version', value: `${version?.version} (${version?.reason})` }
    ];
}
function poolFacts({ observed: { account, pool, nodes }, pool: wanted }) {
    if (wanted === undefined)
        return [];
    const { nodeAgent, spec } = wanted;
    const base = nodeAgent.baseImage === undefined ? '' : ` for ${describeBaseImage(nodeAgent.baseImage)}`;
    const healthy = nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').length;
    return [
        {
            label: 'account',
            value: account === undefined
                ? 'missing'
                : `${(0,arm_id/* nameOf */.Vb)(account.accountId)} in ${account.location}, ${account.poolAllocationMode}`
        },
        {
            label: 'pool',
            value: pool === undefined
                ? `${spec.poolName} (to be made)`
                : `${spec.poolName}: ${pool.allocationState}, ${(0,node_targets/* describeTargets */.Eg)((0,node_targets/* nodesOf */.Nh)(pool))}, ${healthy} healthy`
        },
        {
            label: 'node agent',
            value: nodeAgent.nodeAgentSkuId === undefined ? 'not known' : `${nodeAgent.nodeAgentSkuId} (${nodeAgent.from}${base})`
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/image/prove-version.js


function provingSteps({ signIn }, version, { proof, first }) {
    if (version === undefined || proof === undefined || first === undefined || !isToBeTagged(signIn, version)) {
        return { steps: [], undo: [] };
    }
    const { versionId, excludeFromLatest, tags } = version;
    const { poolIds, after, stops, proves } = proof;
    const last = after.at(-1);
    if (stops?.isProved === true && last !== undefined && excludeFromLatest) {
        return {
            steps: [],
            undo: [markedFailed({ versionId, failedOn: poolIds, isOwn: false }, { after: first, until: last })]
        };
    }
    if (!proves)
        return { steps: [], undo: [] };
    const isOpen = tags[run_tags/* TAG */.Dk.state] === 'failed' || tags[run_tags/* TAG */.Dk.state] === 'stopped';
    const mended = isOpen ? { tags: { [run_tags/* TAG */.Dk.state]: 'complete' } } : {};
    const marking = markProvedStep({
        versionId,
        provedBy: poolIds,
        after,
        isSentAgain: isHalfChanged(version),
        ...mended
    });
    const failing = markedFailed({ versionId, failedOn: poolIds, isOwn: false }, { after: first, until: marking.id });
    return { steps: [marking], undo: excludeFromLatest ? [failing] : [] };
}
function isToBeTagged({ subscriptionId: guard }, version) {
    const { versionId, tags } = version;
    if (guard !== undefined && !(0,arm_id/* sameId */.s)(guard, (0,arm_id/* subscriptionOf */.XD)(versionId)))
        return false;
    if (tags[run_tags/* TAG */.Dk.key] === undefined)
        return false;
    return isHalfChanged(version) || (tags[run_tags/* TAG */.Dk.proved] === undefined && !isUnmade(version));
}
const isUnmade = ({ provisioningState }) => provisioningState === 'Failed' || provisioningState === 'Canceled';
const isHalfChanged = (version) => {
    const state = version.tags[run_tags/* TAG */.Dk.state];
    return isUnmade(version) && (state === 'complete' || state === 'stopped');
};
function markProvedStep({ versionId, provedBy, after, isSentAgain = false, tags = {} }) {
    return {
        id: 'mark-image-proved',
        kind: 'mark-image-proved',
        after,
        title: `tag image version ${(0,arm_id/* nameOf */.Vb)(versionId)} as proved`,
        reason: isSentAgain ? 'its last change failed; sent again' : 'healthy nodes run it, and it doesn’t say so yet',
        housekeeping: true,
        versionId,
        provedBy,
        tags
    };
}
function markedFailed({ versionId, failedOn, isOwn }, owed) {
    const step = {
        id: 'mark-image-failed',
        kind: 'mark-image-failed',
        after: [],
        title: `mark image version ${(0,arm_id/* nameOf */.Vb)(versionId)} as failed`,
        reason: 'nodes that ran it have failed again and again',
        housekeeping: true,
        versionId,
        tags: { [run_tags/* TAG */.Dk.state]: 'failed' },
        failedOn,
        isOwn
    };
    return { ...owed, on: ['failed'], given: 'image-blamed', step };
}

;// CONCATENATED MODULE: ./build/plan/image/finish-version.js








function finishingSteps(build, publishTo, finish) {
    const { proof, made, there } = finish;
    const stops = proof?.stops;
    const change = stops === undefined ? furtherRegions(finish) : NO_REGIONS;
    const promotes = isToBePromoted(publishTo, finish);
    const completes = change.regions.length > 0 ? 'regions' : isMarked(finish) ? 'nothing' : 'tag';
    const begun = (0,model_step/* idsOf */.UX)(made.slice(-1));
    const settled = there?.provisioningState === 'Failed' ? begun : ['image-settled'];
    const drops = publishTo.keepSnapshots
        ? []
        : deleteSnapshots(build, imageDisks(build.situation), { after: settled, begun });
    const changes = promotes || completes !== 'nothing';
    const settles = there?.provisioningState !== 'Failed' && (changes || drops.some(({ after }) => after === settled));
    const after = [...new Set([...(settles ? settled : []), ...(proof?.after ?? (settles ? [] : begun))])];
    const promoting = promotes ? [promoteStep(finish, after)] : [];
    const next = promotes ? (0,model_step/* idsOf */.UX)(promoting) : after;
    const awaits = stops === undefined && areAwaited(build, publishTo, { ...finish, change });
    const tags = awaits ? {} : COMPLETE;
    const provedBy = promotes ? undefined : toBeProved(finish);
    const changing = completes === 'regions'
        ? [regionsStep(finish, { change, after: next, tags, provedBy: awaits ? undefined : provedBy })]
        : [];
    const changed = changing.length > 0 ? (0,model_step/* idsOf */.UX)(changing) : next;
    const awaiting = awaits ? [awaitStep(publishTo, finish, changed)] : [];
    const isMarkedLast = completes === 'tag' || (completes === 'regions' && awaits);
    const decides = [...promoting, ...changing, ...awaiting].length > 0;
    const marking = isMarkedLast ? [markStep(finish, { after: awaits ? (0,model_step/* idsOf */.UX)(awaiting) : next, provedBy })] : [];
    const writes = [...promoting, ...changing, ...marking];
    const proving = writes.length > 0 || provedBy === undefined
        ? []
        : [markProvedStep({ versionId: finish.versionId, provedBy, after })];
    return {
        steps: [
            ...(settles ? [settleStep(finish.versionId, { after: begun, decides })] : []),
            ...drops,
            ...promoting,
            ...changing,
            ...awaiting,
            ...marking,
            ...proving
        ],
        undo: failedUntil(finish, (0,model_step/* idsOf */.UX)([...writes, ...proving]).at(-1) ?? (stops && proof?.after.at(-1)))
    };
}
function toBeProved({ proof, there }) {
    return proof?.proves === true && there?.tags[run_tags/* TAG */.Dk.proved] === undefined ? proof.poolIds : undefined;
}
function failedUntil({ proof, versionId, there, made }, until) {
    const after = (0,model_step/* idsOf */.UX)(made).at(-1) ?? proof?.after[0];
    if (proof === undefined || after === undefined || until === undefined)
        return [];
    if (there !== undefined && (there.tags[run_tags/* TAG */.Dk.proved] !== undefined || !there.excludeFromLatest))
        return [];
    return [markedFailed({ versionId, failedOn: proof.poolIds, isOwn: there === undefined }, { after, until })];
}
const NO_REGIONS = { takeOff: [], regions: [], raised: [] };
function isMarked(finish) {
    return isFinished(finish) || finish.proof?.stops?.isProved === false;
}
function settleStep(versionId, { after, decides }) {
    return {
        id: 'image-settled',
        kind: 'settle-image-version',
        after,
        title: `let image version ${(0,arm_id/* nameOf */.Vb)(versionId)} settle`,
        reason: 'Azure changes a version, and lets go of its snapshots, only when its operation has ended',
        ...(decides ? {} : { housekeeping: true }),
        versionId
    };
}
function promoteStep({ versionId, there, proof }, after) {
    return {
        id: 'promote-image',
        kind: 'update-image-version',
        after,
        title: `promote image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
        reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : 'once its nodes are healthy',
        versionId,
        excludeFromLatest: false,
        provedBy: proof?.poolIds ?? [],
        tags: {}
    };
}
function markStep({ versionId, there, proof }, { after, provedBy }) {
    if (proof?.stops !== undefined) {
        return {
            id: 'mark-image',
            kind: 'update-image-version',
            after,
            title: `mark image version ${(0,arm_id/* nameOf */.Vb)(versionId)} as waiting for the next run`,
            reason: 'stop-after is "proof": it stays hidden, and the next run without that goes on with it',
            housekeeping: true,
            versionId,
            tags: { [run_tags/* TAG */.Dk.state]: 'stopped' }
        };
    }
    return {
        id: 'mark-image',
        kind: 'update-image-version',
        after,
        title: `mark image version ${(0,arm_id/* nameOf */.Vb)(versionId)} as complete`,
        reason: there?.provisioningState === 'Failed' ? 'its last change failed; sent again' : reasonToMark(proof),
        housekeeping: true,
        versionId,
        ...(provedBy === undefined ? {} : { provedBy }),
        tags: COMPLETE
    };
}
const COMPLETE = { [run_tags/* TAG */.Dk.state]: 'complete' };
function reasonToMark(proof) {
    if (proof === undefined)
        return 'the image is whole';
    return proof.proves ? 'nothing is left to do for it' : 'no node has proved it, so it stays hidden';
}
function regionsStep(finish, { change, after, tags, provedBy }) {
    const isSentAgain = finish.there?.provisioningState === 'Failed';
    const asked = finish.proof === undefined ? 'target-regions asks for it' : 'the pool has it; these can follow';
    const reason = isSentAgain ? 'its last change failed; sent again' : asked;
    return changeRegionsStep('image-regions', finish, { change, after, reason, tags, provedBy });
}
function changeRegionsStep(id, { versionId, there }, { change, after, reason, tags, provedBy }) {
    const { takeOff, regions } = change;
    const why = takeOff.flatMap(region => {
        const details = there && failureIn(there, region)?.details;
        return details === undefined ? [] : [`${region}: ${details}`];
    });
    const fixed = `its replication failed${why.length === 0 ? '' : ` (${why.join('; ')})`}, and Azure advises this`;
    return {
        id,
        kind: 'change-image-regions',
        after,
        title: `${describeChange(change)}: image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
        reason: takeOff.length === 0 ? reason : fixed,
        versionId,
        takeOff,
        regions,
        ...(provedBy === undefined ? {} : { provedBy }),
        tags
    };
}
function furtherRegions({ regions, there, made }) {
    if (there === undefined)
        return { takeOff: [], regions: regions.later, raised: [] };
    const wanted = [...regions.first, ...regions.later];
    const seenTo = made.some(({ kind }) => kind === 'await-image-version') ? regions.awaited : [];
    return regionChange(there, wanted.filter(({ region }) => !seenTo.includes(region)));
}
function isToBePromoted({ promote }, { there, proof }) {
    const hidden = there?.excludeFromLatest ?? promote !== 'now';
    return promote === 'when-proved' && proof?.proves === true && hidden;
}
function isFinished({ there }) {
    return there?.tags[run_tags/* TAG */.Dk.state] === 'complete' && there.provisioningState !== 'Failed';
}
function areAwaited({ situation }, { waitForRegions }, { regions, there, change }) {
    if (waitForRegions === 'pool' && situation.pool !== undefined)
        return false;
    const isThere = (region) => there === undefined
        ? regions.awaited.includes(region)
        : there.replication === undefined || hasCompleted(there, region);
    return change.regions.length > 0 || !allOf(regions).every(isThere);
}
const allOf = ({ first, later }) => [...first, ...later].map(({ region }) => region);
function awaitStep({ waitForRegions }, { versionId, regions }, after) {
    const all = allOf(regions);
    return {
        id: 'image-replicated',
        kind: 'await-image-regions',
        after,
        title: `wait for image version ${(0,arm_id/* nameOf */.Vb)(versionId)} in ${all.join(', ')}`,
        reason: waitForRegions === 'all' ? 'wait-for-regions is "all"' : 'there is no pool that could do with less',
        versionId,
        regions: all
    };
}
function hasCompleted({ replication }, region) {
    return replication?.regions.some(row => row.state === 'Completed' && (0,model_region/* sameRegion */.Z)(row.region, region)) === true;
}

;// CONCATENATED MODULE: ./build/plan/image/image-version.js










function planImageVersion(build, publishTo) {
    const { situation } = build;
    const { observed, version } = situation;
    const name = version?.version ?? publishTo.version;
    const versionId = (0,arm_id/* childId */._U)(publishTo.galleryImageId, 'versions', name);
    const found = observed.versions.find(one => (0,arm_id/* sameId */.s)(one.versionId, versionId));
    const regions = planRegions({
        asked: publishTo.targetRegions,
        source: observed.source?.location ?? found?.location ?? '',
        accounts: situation.accounts,
        replicationMode: publishTo.replicationMode
    });
    const it = { versionId, regions, there: situation.imageExists ? found : undefined };
    const { steps, undo } = it.there === undefined ? createSteps(build, publishTo, it) : resumingSteps(build, it.there, it);
    const [gallery = '', definition = ''] = (0,arm_id/* namesOf */.eZ)(publishTo.galleryImageId);
    return {
        image: {
            kind: 'gallery',
            imageId: versionId,
            imageName: `${gallery}/${definition}/${name}`,
            version: name,
            ...decisionOf(situation, found, version?.reason ?? ''),
            snapshotIds: snapshotIdsOf(build, imageDisks(situation))
        },
        steps,
        undo,
        finishing: proof => finishingSteps(build, publishTo, { ...it, proof, made: steps }),
        facts: [{ label: 'regions', value: describeRegions(regions) }]
    };
}
function describeRegions({ first, later }) {
    const list = (rows) => rows.map(({ region, replicas }) => `${region}=${replicas}`).join(', ');
    return later.length === 0 ? list(first) : `${list(first)}; when proved: ${list(later)}`;
}
function decisionOf({ key = '', context, imageExists }, found, why) {
    if (found === undefined)
        return { decision: 'create', reason: why };
    const from = (0,run_tags/* originOf */.yv)(found.tags);
    if (!imageExists)
        return { decision: 'create', reason: `${from} failed to make it; made again` };
    const made = `${from} made it from the same inputs`;
    if (found.tags[run_tags/* TAG */.Dk.state] === 'complete')
        return { decision: 'keep', reason: `${made}, and finished` };
    if (found.tags[run_tags/* TAG */.Dk.state] === 'stopped') {
        return { decision: 'resume', reason: `${made}, and stopped when it was proved` };
    }
    return (0,run_tags/* mayTakeUp */.CY)(found.tags, key, context)
        ? { decision: 'resume', reason: `${made}, and didn’t finish` }
        : { decision: 'keep', reason: made };
}
function createSteps(build, publishTo, { versionId, regions }) {
    const { situation } = build;
    const source = sourceOf(build);
    const definition = definitionSteps(build, publishTo);
    const { steps: fromSource, ready, undo } = sourceSteps(build, (0,model_step/* idsOf */.UX)(definition));
    const body = imageVersionBody({
        source,
        disks: imageDisks(situation),
        regions: regions.first,
        replicationMode: publishTo.replicationMode,
        excludeFromLatest: publishTo.promote !== 'now',
        tags: madeTags(build, 'open')
    });
    const create = {
        id: 'image-version',
        kind: 'create-image-version',
        after: [...ready, ...(0,model_step/* idsOf */.UX)(definition)],
        title: `publish image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
        reason: publishTo.promote === 'now'
            ? 'from the snapshots, for all at once (promote: now)'
            : 'from the snapshots, hidden until it is proved',
        versionId,
        body,
        untilRegions: regions.awaited
    };
    return { steps: [...definition, ...fromSource, create], undo };
}
function resumingSteps(build, there, it) {
    const left = stepsWithoutSource(build);
    return { steps: [...left.steps, ...existingSteps(build, there, it)], undo: left.undo };
}
function definitionSteps(build, { galleryImageId }) {
    const { galleryImage, gallery } = build.situation.observed;
    if (galleryImage !== undefined && !isHalfMade(galleryImage))
        return [];
    const source = sourceOf(build);
    return [
        {
            id: 'image-definition',
            kind: 'create-gallery-image',
            after: [],
            title: `create image definition ${(0,arm_id/* nameOf */.Vb)(galleryImageId)}`,
            reason: galleryImage === undefined
                ? 'there is none yet; made with the source’s properties'
                : `an earlier run’s creation of it is ${galleryImage.provisioningState}; sent again`,
            galleryImageId,
            body: galleryImageBody(galleryImageId, source, {
                location: gallery?.location ?? source.location,
                tags: madeTags(build)
            })
        }
    ];
}
function isHalfMade({ provisioningState = '', tags = {} }) {
    return ['Failed', 'Canceled'].includes(provisioningState) && tags[run_tags/* TAG */.Dk.key] !== undefined;
}
function existingSteps(build, there, it) {
    const { versionId, regions } = it;
    const rollsOut = build.situation.pool !== undefined;
    const isComplete = there.tags[run_tags/* TAG */.Dk.state] === 'complete';
    if (!rollsOut && isComplete)
        return [];
    const needed = regions.first.filter(({ region }) => regions.awaited.includes(region));
    const change = regionChange(there, needed);
    const reason = change.raised.length > 0
        ? 'Batch’s rule is a replica for each 300 nodes'
        : rollsOut
            ? 'the pool is there, and the version isn’t'
            : 'target-regions asks for it';
    const changing = change.regions.length === 0
        ? []
        : [changeRegionsStep('image-pool-region', it, { change, after: [], reason, tags: {} })];
    return [
        ...changing,
        {
            id: 'image-version',
            kind: 'await-image-version',
            after: (0,model_step/* idsOf */.UX)(changing),
            title: `${isComplete ? 'make sure of' : 'wait for'} image version ${(0,arm_id/* nameOf */.Vb)(versionId)}`,
            reason: isComplete
                ? `a pool can use it only where it is replicated`
                : `is ${there.provisioningState}; ${(0,run_tags/* originOf */.yv)(there.tags)} began it`,
            versionId,
            untilRegions: regions.awaited
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/image/managed-image.js





function planManagedImage(build, { imageId }) {
    const { situation } = build;
    const { managedImage } = situation.observed;
    const image = { kind: 'managed', imageId, imageName: (0,arm_id/* nameOf */.Vb)(imageId) };
    if (managedImage !== undefined && managedImage.provisioningState !== 'Failed') {
        const from = (0,run_tags/* originOf */.yv)(managedImage.tags);
        const ready = managedImage.provisioningState === 'Succeeded';
        const step = {
            id: 'managed-image',
            kind: 'await-managed-image',
            after: [],
            title: `wait for managed image ${(0,arm_id/* nameOf */.Vb)(imageId)}`,
            reason: `is ${managedImage.provisioningState}; ${from} began it`,
            imageId
        };
        const left = stepsWithoutSource(build);
        const planned = {
            ...image,
            decision: 'keep',
            reason: `${from} made it from the same inputs`,
            snapshotIds: []
        };
        return {
            image: planned,
            steps: [...left.steps, ...(ready ? [] : [step])],
            undo: left.undo,
            finishing: () => ({ steps: [], undo: [] }),
            facts: []
        };
    }
    const source = sourceOf(build);
    const straight = source.generalized && situation.spec.image?.dataDisks === 'all';
    const { steps, ready, undo } = straight ? { steps: [], ready: [], undo: [] } : sourceSteps(build);
    const body = straight
        ? managedImageFromVmBody(source, madeTags(build, 'complete'))
        : managedImageBody(source, imageDisks(situation), madeTags(build, 'complete'));
    const create = {
        id: 'managed-image',
        kind: 'create-managed-image',
        after: ready,
        title: `create managed image ${(0,arm_id/* nameOf */.Vb)(imageId)}`,
        reason: straight
            ? 'straight from the VM, which Azure knows as generalized'
            : 'from the snapshots, which stay as long as it does',
        imageId,
        body
    };
    const snapshotIds = straight ? [] : imageDisks(situation).map(({ snapshotId }) => snapshotId);
    return {
        image: { ...image, decision: 'create', reason: 'there is none yet', snapshotIds },
        steps: [...steps, create],
        undo,
        finishing: () => ({ steps: [], undo: [] }),
        facts: []
    };
}

;// CONCATENATED MODULE: ./build/plan/image/image.js


function planImage(situation) {
    const { spec, key } = situation;
    if (spec.image === undefined || key === undefined)
        throw new Error('internal error: planImage without an image');
    const build = { situation, image: spec.image, key };
    const { publishTo } = spec.image;
    return publishTo.kind === 'gallery' ? planImageVersion(build, publishTo) : planManagedImage(build, publishTo);
}

;// CONCATENATED MODULE: ./build/plan/pool/bake.js






function withBake(situation, wanted, steps) {
    const { bakeMs, stopAfter } = wanted.spec;
    if (bakeMs === 0 || stopAfter !== undefined || !isDue(situation, wanted, steps))
        return [...steps];
    const release = steps.findIndex(step => step.kind === 'finish-pool' && step.evaluationIntervalMs === undefined);
    const at = release === -1 ? steps.length : release;
    return [...steps.slice(0, at), bakeStep(wanted), ...steps.slice(at)];
}
function bakeStep(wanted) {
    const { spec, scale } = wanted;
    return {
        id: 'bake-nodes',
        kind: 'bake-nodes',
        title: `watch the nodes of pool ${spec.poolName} for ${(0,shared_duration/* formatDurationMs */.u)(spec.bakeMs)}`,
        reason: 'they must stay healthy that long before the run is done (bake)',
        ...addressOf(wanted),
        bakeMs: spec.bakeMs,
        maxUnhealthy: spec.maxUnhealthy,
        nodeTimeoutMs: spec.nodeTimeoutMs,
        ...(scale.kind === 'fixed' ? { goal: scale.goal } : {})
    };
}
function isDue(situation, { imageId }, steps) {
    const waves = steps.filter(step => step.kind === 'scale-pool' && (0,node_targets/* totalOf */.e6)(step.goal) > 0);
    const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined);
    const looks = steps.some(({ kind }) => kind === 'verify-nodes');
    const isRefreshed = steps.some(({ kind }) => kind === 'refresh-nodes');
    if (handsOver || isRefreshed || waves.some(step => step.kind === 'scale-pool' && grows(situation, steps, step.goal)))
        return true;
    if (waves.length === 0 && !looks)
        return false;
    const isLeft = looks && steps.some(({ kind }) => kind === 'finish-pool');
    return isLeft || isUnproved(situation, imageId);
}
function grows({ observed: { pool } }, steps, goal) {
    return pool === undefined || steps.some(({ kind }) => kind === 'change-pool-image') || (0,node_targets/* isShort */.tQ)((0,node_targets/* nodesOf */.Nh)(pool), goal);
}
function isUnproved({ spec, observed: { rolloutVersion, versions } }, imageId) {
    const there = spec.image === undefined ? rolloutVersion : versions.find(({ versionId }) => (0,arm_id/* sameId */.s)(versionId, imageId));
    if (there === undefined || there.tags[run_tags/* TAG */.Dk.proved] !== undefined)
        return false;
    return spec.image !== undefined || isToBeTagged(spec.signIn, there);
}

// EXTERNAL MODULE: ./build/rules/node-health.js
var node_health = __webpack_require__(33569);
;// CONCATENATED MODULE: ./build/plan/pool/other-content.js



const PATH = 'deploymentConfiguration.virtualMachineConfiguration.imageReference.id';
function otherContent(situation, wanted, pool) {
    const hasNodes = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) > 0 || pool.allocationState !== 'Steady';
    if (!hasNodes || !(0,arm_id/* sameId */.s)(pool.imageId ?? '', wanted.imageId))
        return [];
    const why = whyOther(situation, wanted);
    if (why === undefined)
        return [];
    const needs = wanted.managed ? 'another-pool' : 'zero-nodes';
    return [{ path: PATH, present: `${wanted.imageId} (${why})`, wanted: wanted.imageId, needs }];
}
function whyOther({ spec, imageExists, observed }, { imageId }) {
    if (spec.image !== undefined && !imageExists)
        return 'as it was before: the image is to be made again';
    const version = [observed.rolloutVersion, ...observed.versions].find(one => one !== undefined && (0,arm_id/* sameId */.s)(one.versionId, imageId));
    const older = version === undefined ? [] : observed.nodes.filter(node => (0,node_health/* isOlderThan */.UM)(node, version));
    return older.length === 0 || version === undefined
        ? undefined
        : `as it was before ${version.publishedAt}: ${older.length} of ${observed.nodes.length} nodes are older`;
}
function describeOther(differences) {
    const other = differences.find(isOther);
    return other === undefined
        ? ''
        : `; its nodes run the image ${String(other.present).slice(String(other.wanted).length + 2, -1)}`;
}
const isOther = ({ path, present, wanted }) => path === PATH && typeof present === 'string' && present.startsWith(`${String(wanted)} (`);
const hasOtherContent = (differences) => differences.some(isOther);

;// CONCATENATED MODULE: ./build/plan/pool/steps.js






function createBody(situation, wanted, first) {
    const { pool } = wanted.spec;
    const { properties: _written, ...beside } = pool;
    const timeout = resizeTimeoutMs(wanted.spec.resizeTimeoutMs, pool.properties, wanted.nodes);
    return {
        ...beside,
        properties: {
            ...wanted.properties,
            scaleSettings: { fixedScale: (0,scale_body/* fixedScale */.D$)(first, timeout) },
            metadata: [...((0,pool_metadata/* specItems */.O5)(pool.properties) ?? []), (0,pool_metadata/* runItem */.nb)(situation.context)]
        }
    };
}
function intervalMs(interval = 'PT15M') {
    return (0,iso8601/* parseIso8601Ms */.g)(interval) ?? 15 * 60_000;
}
function scaleStep(wanted, goal, { alreadyAsked, present, isProved } = {}) {
    const { spec } = wanted;
    const canaryNodes = isProved === true ? 0 : firstWaveOf(wanted);
    return {
        id: 'scale-pool',
        kind: 'scale-pool',
        title: `bring pool ${spec.poolName} to ${(0,node_targets/* describeTargets */.Eg)(goal)}`,
        reason: reasonToGrow(wanted, goal, { present: present === undefined ? 0 : (0,node_targets/* totalOf */.e6)(present), canaryNodes }),
        ...addressOf(wanted),
        goal,
        ...(alreadyAsked === undefined ? {} : { alreadyAsked }),
        ...(present !== undefined && (0,node_targets/* totalOf */.e6)(present) > 0 ? { hadNodes: true } : {}),
        canaryNodes,
        waveSize: spec.waveSize,
        resizeTimeoutMs: resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, (0,node_targets/* totalOf */.e6)(goal)),
        nodeTimeoutMs: spec.nodeTimeoutMs,
        repairAttempts: spec.repairAttempts,
        resizeAttempts: spec.resizeAttempts,
        maxUnhealthy: spec.maxUnhealthy,
        metadata: pool_metadata/* NO_CHANGE */.XG,
        drain: spec.drain,
        drainTimeoutMs: spec.drainTimeoutMs
    };
}
function firstWaveOf({ spec }) {
    return spec.prove === 'none' ? 0 : spec.canaryNodes;
}
function reasonToGrow({ spec }, goal, { present, canaryNodes }) {
    if (present > (0,node_targets/* totalOf */.e6)(goal))
        return `the pool has more; nodes leave by ${spec.drain}`;
    const waves = spec.waveSize === 'all' ? 'all that remain' : `waves of ${spec.waveSize}`;
    if (present > 0)
        return `the ${present} that are there must be healthy; then ${waves}, each healthy before the next`;
    const first = (0,node_targets/* totalOf */.e6)((0,node_targets/* firstTargets */.dI)(goal, canaryNodes, spec.waveSize));
    return first < (0,node_targets/* totalOf */.e6)(goal)
        ? `${first} first, then ${waves}; each wave must be healthy before the next`
        : 'one wave, which must be healthy';
}
function finishStep(situation, wanted, reason) {
    const { scale, spec } = wanted;
    if (scale.kind !== 'auto')
        return releaseStep(situation, wanted, reason);
    const { formula, evaluationInterval } = scale;
    const autoScale = { formula, ...(evaluationInterval === undefined ? {} : { evaluationInterval }) };
    return {
        id: 'finish-pool',
        kind: 'finish-pool',
        title: `hand pool ${spec.poolName} to its autoscale formula`,
        reason,
        ...addressOf(wanted),
        body: { properties: { scaleSettings: { autoScale } } },
        metadata: (0,pool_metadata/* withRun */.Yq)(pool_metadata/* NO_CHANGE */.XG, situation.context),
        evaluationIntervalMs: intervalMs(evaluationInterval)
    };
}
function releaseStep({ context }, wanted, reason) {
    return {
        id: 'finish-pool',
        kind: 'finish-pool',
        title: `release pool ${wanted.spec.poolName}`,
        reason,
        housekeeping: true,
        ...addressOf(wanted),
        body: { properties: {} },
        metadata: (0,pool_metadata/* withRun */.Yq)(pool_metadata/* NO_CHANGE */.XG, context)
    };
}
const LEASE_GOES = 'this run’s lease goes from its metadata';
function handOver(situation, wanted, reason) {
    return [
        finishStep(situation, wanted, reason),
        verifyStep(wanted, 'the nodes that the formula asks for must be healthy too')
    ];
}
function verifySteps(wanted, pool) {
    return (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) === 0
        ? []
        : [verifyStep(wanted, 'a pool that is as wanted can still have unhealthy nodes')];
}
function verifyStep(wanted, reason) {
    return {
        id: 'verify-nodes',
        kind: 'verify-nodes',
        title: `look at the nodes of pool ${wanted.spec.poolName}`,
        reason,
        ...addressOf(wanted),
        maxUnhealthy: wanted.spec.maxUnhealthy,
        settleMs: resizeTimeoutMs(wanted.spec.resizeTimeoutMs, wanted.spec.pool.properties, wanted.nodes),
        nodeTimeoutMs: wanted.spec.nodeTimeoutMs
    };
}

;// CONCATENATED MODULE: ./build/plan/pool/scale-steps.js


function goalOf(situation, wanted) {
    return wanted.scale.kind === 'fixed' ? wanted.scale.goal : canaryOf(situation, wanted);
}
function canaryOf({ observed }, wanted) {
    const { scale } = wanted;
    if (scale.kind === 'none')
        return { dedicated: 0, lowPriority: 0 };
    const onlyLowPriority = observed.account?.dedicatedCoreQuota === 0;
    return onlyLowPriority
        ? { dedicated: 0, lowPriority: firstWaveOf(wanted) }
        : { dedicated: firstWaveOf(wanted), lowPriority: 0 };
}
function scaleSteps(situation, wanted, pool) {
    const { scale } = wanted;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    if (scale.kind === 'none')
        return [];
    if (scale.kind === 'auto') {
        const same = pool.scale.kind === 'auto' &&
            pool.scale.formula === scale.formula &&
            intervalMs(pool.scale.evaluationInterval) === intervalMs(scale.evaluationInterval);
        if (same)
            return [];
        const asked = fixedTargets(pool);
        const canary = canaryOf(situation, wanted);
        const proof = asked !== undefined && (0,node_targets/* totalOf */.e6)(asked) >= (0,node_targets/* totalOf */.e6)(canary) ? asked : canary;
        const proving = asked !== undefined && (0,node_targets/* totalOf */.e6)(proof) > 0 ? [scaleStep(wanted, proof, { present: has })] : [];
        return [...proving, ...handOver(situation, wanted, 'the pool scales otherwise')];
    }
    const asked = fixedTargets(pool);
    const there = asked !== undefined && (0,node_targets/* sameTargets */.nu)(asked, scale.goal) && (0,node_targets/* sameTargets */.nu)(has, scale.goal);
    return there ? [] : [scaleStep(wanted, scale.goal, { present: has }), finishStep(situation, wanted, LEASE_GOES)];
}
function scaleDifferences({ scale }, { scale: present }) {
    const path = 'scaleSettings';
    if (scale.kind === 'none' || scale.from === 'pool')
        return [];
    if (scale.kind === 'auto') {
        const was = present.kind === 'auto' ? present.formula : (0,node_targets/* describeTargets */.Eg)((0,node_targets/* targetsOf */.QR)(present));
        return was === scale.formula
            ? []
            : [{ path: `${path}.autoScale.formula`, present: was, wanted: scale.formula, needs: 'patch' }];
    }
    if (present.kind === 'auto') {
        const wanted = (0,node_targets/* describeTargets */.Eg)(scale.goal);
        return [{ path: `${path}.fixedScale`, present: `formula ${present.formula}`, wanted, needs: 'patch' }];
    }
    const rows = [
        ['targetDedicatedNodes', present.targetDedicatedNodes, scale.goal.dedicated],
        ['targetLowPriorityNodes', present.targetLowPriorityNodes, scale.goal.lowPriority]
    ];
    return rows
        .filter(([, was, wanted]) => was !== wanted)
        .map(([name, was, wanted]) => ({ path: `${path}.fixedScale.${name}`, present: was, wanted, needs: 'patch' }));
}
function fixedTargets({ scale }) {
    return scale.kind === 'fixed' ? (0,node_targets/* targetsOf */.QR)(scale) : undefined;
}

// EXTERNAL MODULE: ./build/rules/proof-pool.js
var proof_pool = __webpack_require__(87493);
;// CONCATENATED MODULE: ./build/plan/pool/failed-nodes.js





function hasOnlyFailedNodes({ observed }, pool) {
    const image = observed.versions.find(({ versionId }) => pool.imageId !== undefined && (0,arm_id/* sameId */.s)(versionId, pool.imageId));
    const state = image?.tags[run_tags/* TAG */.Dk.state];
    const hasFailed = state === 'open' || state === 'stopped' || state === 'failed' || (0,pool_metadata/* hasFailedNote */.Sl)(pool);
    if (!hasFailed || !(0,pool_metadata/* hasRunNote */.Qr)(pool.metadata))
        return false;
    if (pool.scale.kind !== 'fixed' || pool.allocationState !== 'Steady' || observed.activeWork?.tasks !== 0)
        return false;
    const isListed = observed.nodes.length === (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool));
    return isListed && (state === 'failed' || observed.nodes.every(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy'));
}

;// CONCATENATED MODULE: ./build/plan/pool/proof-room.js






function roomFor(situation, wanted, { pool, nodes, body }) {
    const why = whyNone(situation, { pool, body }) ?? whyNoAddress(situation, wanted, { pool, body });
    if (why !== undefined)
        return { why };
    const [first, second] = kindsOf(wanted, pool);
    const [ofFirst, ofSecond] = [placesFor(situation, wanted, pool, first), placesFor(situation, wanted, pool, second)];
    if (ofFirst.places > 0)
        return { nodes: targets(first, Math.min(nodes, ofFirst.places)) };
    if (ofSecond.places > 0)
        return { nodes: targets(second, Math.min(nodes, ofSecond.places)) };
    return { why: ofFirst.why };
}
function whyNone({ observed }, { pool, body }) {
    const { account, otherPools } = observed;
    const hidden = (0,pool_body/* hiddenFromLike */.eB)(body, pool);
    if (hidden.length > 0) {
        return `no answer of Batch shows ${hidden.join(', ')}, so that no other pool can be made like it; write it into the pool spec`;
    }
    const pools = otherPools.length + 1;
    return account?.poolQuota !== undefined && pools >= account.poolQuota
        ? `account "${(0,arm_id/* nameOf */.Vb)(account.accountId)}" has ${pools} ${pools === 1 ? 'pool' : 'pools'}, and its quota is ${account.poolQuota}`
        : undefined;
}
function whyNoAddress(situation, wanted, { pool, body }) {
    const network = { ...proof_room_networkOf(pool.body), ...proof_room_networkOf(body) };
    const { provision } = (0,model_json/* objectOf */.Xy)(network.publicIPAddressConfiguration);
    if (String(provision).toLowerCase() === 'usermanaged')
        return 'its public IP addresses are its own (UserManaged)';
    const subnet = subnetOf(wanted, situation);
    return subnet !== undefined && freeAddresses(subnet) === 0 ? `subnet "${subnet.name}" has no free address` : undefined;
}
const proof_room_networkOf = ({ properties }) => (0,model_json/* objectOf */.Xy)((0,model_json/* objectOf */.Xy)(properties).networkConfiguration);
function kindsOf({ scale }, pool) {
    const goal = scale.kind === 'fixed' ? scale.goal : (0,node_targets/* nodesOf */.Nh)(pool);
    return goal.dedicated > 0 || goal.lowPriority === 0 ? ['dedicated', 'lowPriority'] : ['lowPriority', 'dedicated'];
}
const targets = (kind, nodes) => ({ dedicated: 0, lowPriority: 0, [kind]: nodes });
function placesFor({ observed }, { properties, scale }, pool, kind) {
    const name = String(properties.vmSize ?? pool.vmSize ?? '').toLowerCase();
    const size = observed.vmSizes.find(one => one.name.toLowerCase() === name);
    if (size?.vCpus === undefined)
        return { places: Infinity, why: '' };
    const { vCpus } = size;
    const all = [atMost(pool, scale), ...observed.otherPools.map(other => atMost(other))];
    const limits = coreLimits(observed, size, all)
        .filter(limit => limit.kind === kind && limit.quota !== undefined)
        .map(limit => ({ ...limit, left: Math.floor(((limit.quota ?? 0) - limit.used) / vCpus) }))
        .toSorted((a, b) => a.left - b.left);
    const [tightest] = limits;
    if (tightest === undefined)
        return { places: Infinity, why: '' };
    return { places: Math.max(0, tightest.left), why: whyNoCores(tightest, size) };
}
function whyNoCores({ cores, quota, used }, size) {
    return `a node of ${size.name} needs ${size.vCpus} ${cores}, and of the account’s quota, ${quota}, its pools have ${used}`;
}
function atMost(pool, wanted) {
    const asked = pool.scale.kind === 'fixed' ? (0,node_targets/* targetsOf */.QR)(pool.scale) : (0,node_targets/* nodesOf */.Nh)(pool);
    const counts = [(0,node_targets/* nodesOf */.Nh)(pool), asked, ...(wanted?.kind === 'fixed' ? [wanted.goal] : [])];
    return {
        ...pool,
        currentDedicatedNodes: Math.max(...counts.map(({ dedicated }) => dedicated)),
        currentLowPriorityNodes: Math.max(...counts.map(({ lowPriority }) => lowPriority))
    };
}

// EXTERNAL MODULE: ./build/rules/smoke-job.js
var smoke_job = __webpack_require__(87071);
;// CONCATENATED MODULE: ./build/plan/pool/smoke-test.js






const NO_WAVES = { steps: [], undo: [] };
function smokeSteps({ context }, { spec, imageId }, { address, proofOf }) {
    const { smokeTest } = spec;
    if (smokeTest === undefined)
        return NO_WAVES;
    const { poolId } = address;
    const poolName = (0,arm_id/* nameOf */.Vb)(poolId);
    const jobId = (0,arm_id/* childId */._U)(spec.batchAccountId, 'jobs', (0,smoke_job/* smokeJobName */.W)(poolId, imageId, context));
    const deletion = { kind: 'delete-smoke-job', title: 'delete the job of the smoke test', ...address, jobId };
    return {
        steps: [
            {
                id: 'smoke-test',
                kind: 'run-smoke-test',
                title: `run the smoke test on pool ${poolName}`,
                reason: 'it must exit 0 on each node',
                ...address,
                jobId,
                task: smokeTest.task,
                timeoutMs: smokeTest.timeoutMs,
                metadata: pool_metadata/* NO_CHANGE */.XG,
                ...(proofOf === undefined ? {} : { proofOf })
            },
            { ...deletion, id: 'delete-smoke-job', reason: 'its output has been read', housekeeping: true }
        ],
        undo: [
            {
                after: 'smoke-test',
                until: 'delete-smoke-job',
                on: ['failed', 'cancelled', 'killed'],
                atOnce: true,
                step: { ...deletion, id: 'drop-smoke-job', reason: 'nobody needs it any more', after: [] }
            }
        ]
    };
}
function provingWaves(situation, wanted, goal, from) {
    const { spec } = wanted;
    const whole = scaleStep(wanted, goal, from);
    if (spec.smokeTest === undefined)
        return { steps: [whole], undo: [] };
    const { steps, undo } = smokeSteps(situation, wanted, { address: addressOf(wanted) });
    const first = (0,node_targets/* firstTargets */.dI)(goal, firstWaveOf(wanted), spec.waveSize);
    if ((0,node_targets/* sameTargets */.nu)(first, goal))
        return { steps: [whole, ...steps], undo };
    const canary = scaleStep(wanted, first, from);
    return {
        steps: [{ ...canary, id: 'scale-canary' }, ...steps, scaleStep(wanted, goal, { present: first })],
        undo
    };
}

// EXTERNAL MODULE: ./build/rules/refresh.js
var refresh = __webpack_require__(74403);
;// CONCATENATED MODULE: ./build/plan/pool/change-steps.js








function patchStep(situation, wanted, change) {
    const { pool, differences } = change;
    const own = changeOf(wanted, change);
    const { context } = situation;
    const isBack = (0,pool_metadata/* scaleToRestore */.Mq)(pool) === undefined;
    const metadata = isBack
        ? (0,pool_metadata/* withRun */.Yq)(own.metadata, context)
        : (0,pool_metadata/* withRestorePoint */.de)(own.metadata, restorePointOf(pool), context);
    const nodes = nodesKeeping(situation, differences);
    return {
        id: 'patch-pool',
        kind: 'patch-pool',
        title: `change ${changedThings(differences)} of pool ${wanted.spec.poolName}`,
        reason: `Batch takes these while nodes are there${keepingText(wanted, nodes)}${staysText(wanted, own)}`,
        ...own,
        metadata: nodes === 0 ? metadata : { ...metadata, set: [...metadata.set, refresh/* PLANNED_REFRESH */.Ro] }
    };
}
function nodesKeeping({ observed }, differences) {
    return differences.some(refresh/* isTakenOnStart */.vM) ? (0,refresh/* countedNodes */.wS)(observed.nodes) : 0;
}
function keepingText({ spec }, nodes) {
    if (nodes === 0)
        return '';
    const which = nodes === 1 ? '1 node keeps' : `${nodes} nodes keep`;
    const until = `; ${which} what ${nodes === 1 ? 'it' : 'they'} started with until ${nodes === 1 ? 'it restarts' : 'they restart'}`;
    return spec.refreshNodes === 'none' ? `${until} (refresh-nodes restarts them, in this run or a later one)` : until;
}
function changeOf(wanted, { pool, differences }) {
    const body = changedBody(wanted, differences);
    const metadata = (0,pool_metadata/* specChange */.Mm)(wanted.spec.pool.properties, pool);
    return {
        ...addressOf(wanted),
        body,
        carries: (0,pool_body/* carried */.LT)(body, pool),
        metadata: { ...metadata, remove: [...metadata.remove, pool_metadata/* UNMADE_ITEM */.Pc] },
        expects: asFound(pool)
    };
}
const asFound = ({ scale, imageId }) => ({
    scale,
    ...(imageId === undefined ? {} : { imageId })
});
const MOST_NAMED = 6;
function staysText({ spec }, { carries }) {
    if (carries.length === 0)
        return '';
    const names = carries.slice(0, MOST_NAMED).map(path => path.replace(VM_CONFIGURATION, ''));
    const more = carries.length - names.length;
    const rest = spec.poolFrom === 'pool' ? 'what else it has there' : 'what the spec leaves out';
    return `; ${rest} stays: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const VM_CONFIGURATION = 'deploymentConfiguration.virtualMachineConfiguration.';
function restorePointOf(pool) {
    const scale = (0,pool_metadata/* scaleToRestore */.Mq)(pool);
    return scale === undefined ? pool : { scale, imageId: (0,pool_metadata/* restorePointImageId */.fu)(pool.metadata) };
}
function restorePointAfter({ pool, differences }) {
    const { scale, imageId } = restorePointOf(pool);
    return hasOtherContent(differences) ? { scale } : { scale, imageId };
}
function hasUnprovedImage(pool) {
    return (0,pool_metadata/* scaleToRestore */.Mq)(pool) !== undefined && (0,pool_metadata/* restorePointImageId */.fu)(pool.metadata) !== pool.imageId;
}
function drainStep(situation, wanted, pool) {
    return {
        id: 'drain-pool',
        kind: 'drain-pool',
        title: `drain pool ${wanted.spec.poolName} by ${wanted.spec.drain}`,
        reason: 'Batch takes the change only at zero nodes; the present scale is kept in its metadata until it is back',
        ...addressOf(wanted),
        drain: wanted.spec.drain,
        drainTimeoutMs: wanted.spec.drainTimeoutMs,
        metadata: (0,pool_metadata/* withRestorePoint */.de)(pool_metadata/* NO_CHANGE */.XG, restorePointOf(pool), situation.context),
        expects: {
            ...asFound(pool),
            mayBeAtZero: true,
            newImageId: wanted.imageId,
            ...(onlyIfIdle(wanted, pool) ? { idle: hasOnlyFailedNodes(situation, pool) ? 'no-tasks' : 'no-nodes' } : {})
        }
    };
}
function onlyIfIdle({ spec }, pool) {
    return spec.imageChange !== 'in-place' && (0,pool_metadata/* scaleToRestore */.Mq)(pool) === undefined;
}
function restoreStep({ context }, wanted, pool) {
    const back = hasUnprovedImage(pool)
        ? { scale: pool.scale, metadata: (0,pool_metadata/* released */.w2)((0,pool_metadata/* withRestorePoint */.de)(pool_metadata/* NO_CHANGE */.XG, restorePointOf(pool), context)) }
        : { scale: restorePointOf(pool).scale, metadata: pool_metadata/* NOTHING_OF_OURS */.cp };
    return {
        id: 'restore-pool',
        kind: 'restore-pool',
        after: [],
        title: `give pool ${wanted.spec.poolName} its former scale back`,
        reason: 'it keeps its image until it gets another',
        ...addressOf(wanted),
        restorePoint: { ...asFound(pool), scale: back.scale },
        notedImageId: restorePointOf(pool).imageId,
        metadata: back.metadata
    };
}
const withoutRefreshNote = (change) => ({
    ...change,
    remove: [...change.remove, own_metadata/* REFRESH_ITEM */.cs]
});
function changeImageStep({ context }, wanted, change) {
    const own = changeOf(wanted, change);
    return {
        id: 'change-pool-image',
        kind: 'change-pool-image',
        title: `change ${changedThings(change.differences)} of pool ${wanted.spec.poolName}`,
        reason: `the pool has no nodes then, so Batch takes it${staysText(wanted, own)}`,
        ...own,
        metadata: (0,pool_metadata/* withRestorePoint */.de)(withoutRefreshNote(own.metadata), restorePointAfter(change), context),
        expects: { ...own.expects, mayBeAtZero: true, newImageId: wanted.imageId }
    };
}

;// CONCATENATED MODULE: ./build/plan/pool/undo.js




function held(step, context) {
    switch (step.kind) {
        case 'patch-pool':
        case 'change-pool-image':
        case 'drain-pool':
        case 'scale-pool':
        case 'refresh-nodes':
        case 'run-smoke-test':
            return { ...step, metadata: (0,rules_lease/* holding */.G)(step.metadata, context) };
        default:
            return step;
    }
}
function withLease(steps, context) {
    const last = steps.findIndex(({ kind }) => kind === 'finish-pool');
    const isHeld = last !== -1;
    return steps.map((step, index) => {
        switch (step.kind) {
            case 'create-pool':
                return isHeld ? { ...step, body: withItems(step.body, (0,rules_lease/* holding */.G)(pool_metadata/* NO_CHANGE */.XG, context).set) } : step;
            case 'patch-pool':
            case 'change-pool-image':
            case 'drain-pool':
            case 'scale-pool':
                return isHeld ? held(step, context) : { ...step, metadata: (0,pool_metadata/* released */.w2)(step.metadata) };
            case 'refresh-nodes':
            case 'run-smoke-test':
                return held(step, context);
            case 'bake-nodes':
                return index < last ? { ...step, metadata: (0,rules_lease/* holding */.G)(pool_metadata/* NO_CHANGE */.XG, context) } : step;
            case 'finish-pool':
                return { ...step, metadata: (0,pool_metadata/* released */.w2)(step.metadata) };
            default:
                return step;
        }
    });
}
const isWithoutResize = ({ kind }) => kind === 'patch-pool' || kind === 'refresh-nodes' || kind === 'verify-nodes' || kind === 'finish-pool';
function withItems(body, items) {
    const properties = body.properties;
    return { ...body, properties: { ...properties, metadata: [...properties.metadata, ...items] } };
}
const onlyLooks = (step) => step.kind === 'verify-nodes' || (step.kind === 'bake-nodes' && step.metadata === undefined);
function poolUndo(situation, wanted, steps) {
    const idOf = (kind) => steps.find(step => step.kind === kind)?.id;
    const first = steps.find(step => !onlyLooks(step))?.id;
    const last = idOf('finish-pool');
    if (first === undefined || last === undefined || first === last)
        return [];
    const { pool } = situation.observed;
    const drain = idOf('drain-pool');
    const change = idOf('change-pool-image');
    const restore = pool === undefined || drain === undefined || change === undefined
        ? []
        : [
            {
                after: drain,
                until: change,
                on: ['failed', 'killed'],
                atOnce: true,
                step: { ...restoreStep(situation, wanted, pool), after: ['stop-resize'] }
            }
        ];
    const name = wanted.spec.poolName;
    const stop = {
        after: first,
        until: last,
        on: ['cancelled', 'killed'],
        step: {
            id: 'stop-resize',
            kind: 'stop-resize',
            after: [],
            title: `stop the resize of pool ${name}`,
            reason: 'the nodes that are there stay',
            ...addressOf(wanted)
        }
    };
    return [
        ...(steps.every(isWithoutResize) ? [] : [stop]),
        ...restore,
        {
            after: restore.length > 0 ? (change ?? first) : first,
            until: last,
            on: ['failed', 'killed'],
            step: {
                id: 'release-pool',
                kind: 'release-pool',
                after: ['stop-resize', 'mark-image-failed', 'restore-pool'],
                title: `release pool ${name}`,
                reason: 'its nodes stay, and the next run goes on with it',
                ...addressOf(wanted),
                metadata: (0,pool_metadata/* released */.w2)(pool_metadata/* NO_CHANGE */.XG)
            }
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/pool/proof.js














const NO_PROOF = { findings: [] };
function planProof(situation, wanted, pool) {
    const { spec } = wanted;
    const isInUse = (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) > 0 || pool.allocationState !== 'Steady';
    const isDue = spec.prove === 'auto' && isInUse && !hasOnlyFailedNodes(situation, pool);
    if (!isDue && spec.prove !== 'temporary-pool')
        return NO_PROOF;
    const body = writtenBody(wanted);
    const room = roomFor(situation, wanted, { pool, nodes: Math.max(1, spec.canaryNodes), body });
    return 'why' in room
        ? { findings: [noRoom(wanted, room.why)] }
        : { proof: proofOn(situation, wanted, { pool, body, nodes: room.nodes }), findings: [] };
}
function noRoom({ spec }, why) {
    const canary = spec.canaryNodes === 0
        ? 'nothing proves the image before the pool is emptied, and canary-nodes is 0'
        : 'the image proves itself on the pool’s own first wave, after it was emptied';
    const isAsked = spec.prove === 'temporary-pool' || spec.stopAfter !== undefined;
    return {
        rule: 'proof-room',
        severity: isAsked ? 'error' : 'warning',
        message: `pool "${spec.poolName}": no temporary pool can be made: ${why}${isAsked ? '' : `; ${canary}`}`,
        wayOut: `make room for one node more in a pool of its own; or ${without(spec, isAsked)}`,
        source: 'learn.microsoft.com/azure/batch/batch-quota-limit'
    };
}
function without({ stopAfter }, isAsked) {
    const canary = isAsked
        ? 'say prove: canary, which proves the image on the pool’s own first wave'
        : 'say prove: canary, to be rid of this warning';
    return stopAfter === undefined ? canary : `leave stop-after out, and ${canary}`;
}
function writtenBody({ spec, properties }) {
    const { properties: _written, ...beside } = spec.pool;
    return { ...beside, properties };
}
function proofOn(situation, wanted, { pool, body, nodes }) {
    const { context } = situation;
    const { spec } = wanted;
    const name = (0,proof_pool/* proofPoolName */.iA)(spec.poolName, wanted.imageId, context, spec.stopAfter);
    const poolId = (0,arm_id/* childId */._U)(spec.batchAccountId, 'pools', name);
    const address = { ...addressOf(wanted), poolId };
    const temporary = {
        ...wanted,
        poolId,
        spec: { ...spec, poolName: name, canaryNodes: 0, waveSize: 'all' },
        scale: { kind: 'fixed', goal: nodes, from: 'spec' },
        nodes: (0,node_targets/* totalOf */.e6)(nodes)
    };
    const timeoutMs = resizeTimeoutMs(spec.resizeTimeoutMs, spec.pool.properties, (0,node_targets/* totalOf */.e6)(nodes));
    const metadata = [(0,pool_metadata/* runItem */.nb)(context), (0,proof_pool/* proofItem */.om)(spec.poolName), ...(0,rules_lease/* holding */.G)(pool_metadata/* NO_CHANGE */.XG, context).set];
    const waiting = scaleStep(temporary, nodes, { alreadyAsked: nodes });
    const smoke = smokeSteps(situation, wanted, { address, proofOf: spec.poolName });
    return {
        steps: [
            {
                id: 'create-proof-pool',
                kind: 'create-proof-pool',
                title: `create temporary pool ${name} with ${(0,node_targets/* describeTargets */.Eg)(nodes)}`,
                reason: `a copy of pool ${spec.poolName} with the change: what fails there leaves ${spec.poolName} untouched`,
                ...address,
                like: addressOf(wanted),
                proofOf: spec.poolName,
                body: withScaleAndMetadata(body, (0,scale_body/* fixedScale */.D$)(nodes, timeoutMs), metadata),
                carries: (0,pool_body/* carriedByLike */.bC)(body, pool)
            },
            {
                ...waiting,
                id: 'scale-proof-pool',
                title: `prove the change on pool ${name}`,
                proofOf: spec.poolName,
                metadata: (0,rules_lease/* holding */.G)(waiting.metadata, context)
            },
            ...smoke.steps.map(step => held(step, context)),
            {
                ...deletion(address, {
                    id: 'delete-proof-pool',
                    proofOf: spec.poolName,
                    reason: 'the image has proved itself'
                }),
                housekeeping: true
            }
        ],
        undo: [
            ...smoke.undo,
            {
                after: 'create-proof-pool',
                until: 'delete-proof-pool',
                on: ['failed', 'cancelled', 'killed'],
                atOnce: true,
                step: {
                    ...deletion(address, { id: 'drop-proof-pool', proofOf: spec.poolName, reason: 'nobody needs it any more' }),
                    after: []
                }
            }
        ]
    };
}
function withScaleAndMetadata(body, scale, metadata) {
    const properties = body.properties;
    return { ...body, properties: { ...properties, scaleSettings: { fixedScale: scale }, metadata } };
}
function deletion(address, { id, proofOf, reason }) {
    return {
        id,
        kind: 'delete-proof-pool',
        title: `delete temporary pool ${(0,arm_id/* nameOf */.Vb)(address.poolId)}`,
        reason,
        ...address,
        proofOf
    };
}
function leftProofPools({ observed, context }, wanted) {
    const now = observed.account?.readAt ?? observed.at;
    return observed.otherPools
        .filter(pool => (0,proof_pool/* isLeftProof */.Mg)(pool, wanted.spec.poolName, { context, now }))
        .map((pool, index) => ({
        ...deletion({ ...addressOf(wanted), poolId: pool.poolId }, { id: `delete-left-pool-${index + 1}`, proofOf: wanted.spec.poolName, reason: 'an earlier run left it' }),
        housekeeping: true
    }));
}

;// CONCATENATED MODULE: ./build/plan/pool/way-back.js







function wayBack(situation, { pool, change, differences }) {
    if ((0,pool_metadata/* scaleToRestore */.Mq)(pool) !== undefined) {
        return {
            why: 'an earlier run was cut off on it, and what it had before that isn’t known as a whole',
            wayOut: 'nothing is to be done: this run goes on from there',
            isNothingLost: true
        };
    }
    if (hasOnlyFailedNodes(situation, pool)) {
        return {
            why: 'its nodes have failed with the image that it has, too',
            wayOut: 'nothing is to be done: what it has is of no use to go back to',
            isNothingLost: true
        };
    }
    const id = pool.imageId;
    if (id === undefined || !(0,arm_id/* isArmIdOf */.p_)(id, 'Microsoft.Compute/galleries/images/versions')) {
        const is = id === undefined ? 'is of the Marketplace' : `is ${id}`;
        return {
            why: `the image that it has ${is}, which is no version of a gallery`,
            wayOut: 'after this change there is one'
        };
    }
    return notThere(situation, id, differences) ?? notWritable(pool, change) ?? { versionId: id };
}
function notThere({ observed }, id, differences) {
    const name = imageNameOf(id);
    if (hasOtherContent(differences)) {
        return {
            why: `the image that it has, ${name}, has other content now under the same id`,
            wayOut: 'give each image a version of its own (image-version: auto)'
        };
    }
    const looked = observed.formerVersion;
    if (looked === undefined || 'unread' in looked) {
        const [why, action] = looked === undefined
            ? ['nobody has looked', '']
            : [looked.unread.why, ` with the action "${looked.unread.action}"`];
        return {
            why: `whether the image that it has, ${name}, is still there can’t be read: ${why}`,
            wayOut: `give the identity that signs in a role${action} on its gallery`
        };
    }
    const why = whyUnusable(looked.found, observed);
    return why === undefined
        ? undefined
        : { why: `the image that it has, ${name}, ${why}`, wayOut: 'see to it that the version can be used, and run again' };
}
function whyUnusable(version, { account, at }) {
    if (version === undefined)
        return 'isn’t there any more';
    const { provisioningState, endOfLifeDate, tags, replication } = version;
    if (provisioningState !== 'Succeeded' && provisioningState !== 'Updating')
        return `is ${provisioningState}`;
    if (Date.parse(endOfLifeDate ?? '') <= (account?.readAt ?? at))
        return `has reached its end of life (${endOfLifeDate})`;
    if (tags[run_tags/* TAG */.Dk.state] === 'failed')
        return 'is tagged as failed';
    if (account === undefined)
        return undefined;
    const { location } = account;
    if (!version.targetRegions.some(({ region }) => (0,model_region/* sameRegion */.Z)(region, location)))
        return `has no replica in ${location}`;
    const state = replication?.regions.find(({ region }) => (0,model_region/* sameRegion */.Z)(region, location))?.state ?? 'Completed';
    return state === 'Completed' ? undefined : `is ${state} in ${location}`;
}
function notWritable(pool, change) {
    const names = changedNames(change);
    const hidden = (0,pool_body/* hiddenOf */.QV)(names, pool);
    if (hidden.length > 0) {
        return {
            why: `it has ${hidden.join(', ')}, which no answer of Batch shows`,
            wayOut: 'use an identity in place of the secret, so that the pool can be written as it was'
        };
    }
    const there = (0,pool_body/* wholeOf */.l2)(names, pool);
    const added = names.filter(name => there[name] === undefined);
    return added.length === 0
        ? undefined
        : {
            why: `it has no ${added.join(', ')} yet, which Batch doesn’t take away again`,
            wayOut: 'make that change by a run of its own, before this one'
        };
}
const changedNames = ({ body }) => Object.keys(body.properties);
const imageNameOf = (id) => (0,arm_id/* namesOf */.eZ)(id).join('/');

;// CONCATENATED MODULE: ./build/plan/pool/rollback.js






const DRAIN_MS = 10 * 60_000;
const WAY_BACK_MS = 10 * 60_000;
const ID = {
    drain: 'rollback-drain',
    image: 'rollback-image',
    scale: 'rollback-scale',
    finish: 'rollback-finish',
    verify: 'rollback-verify',
    stop: 'rollback-stop',
    restore: 'rollback-restore',
    release: 'rollback-release'
};
const JUDGES = new Set(['scale-pool', 'run-smoke-test', 'verify-nodes', 'bake-nodes']);
const NONE = { undo: [], findings: [] };
function planRollback(situation, wanted, changing) {
    const { pool, differences, steps } = changing;
    const change = steps.find((step) => step.kind === 'change-pool-image');
    const until = steps.findLast(({ kind }) => JUDGES.has(kind))?.id;
    if (wanted.spec.onFailure === 'keep' || pool === undefined || change === undefined || until === undefined)
        return NONE;
    if (!differences.some(({ path }) => path.endsWith('imageReference.id')))
        return NONE;
    const way = wayBack(situation, { pool, change, differences });
    return 'why' in way
        ? { undo: [], findings: [noWay(wanted, way)] }
        : plannedWay(situation, wanted, { pool, change, until, ...way });
}
function noWay({ spec }, { why, wayOut, isNothingLost }) {
    const isRefused = spec.onFailure === 'rollback' && isNothingLost !== true;
    return {
        rule: 'rollback-possible',
        severity: isRefused ? 'error' : 'note',
        message: isRefused
            ? `on-failure: "rollback" asks for a way back, and pool "${spec.poolName}" has none: ${why}`
            : `pool "${spec.poolName}" stays as it is if its nodes fail with the new image: ${why}`,
        wayOut: isRefused ? `${wayOut}; or say on-failure: keep, and it stays as it is then` : wayOut,
        source: 'learn.microsoft.com/azure/batch/batch-pool-update-properties'
    };
}
function plannedWay(situation, wanted, way) {
    const { pool, change, until, versionId } = way;
    const { poolName } = wanted.spec;
    const imageName = imageNameOf(versionId);
    const drainTimeoutMs = Math.min(wanted.spec.drainTimeoutMs, DRAIN_MS);
    const steps = withLease(wayOf(situation, wanted, { ...way, imageName, drainTimeoutMs }), situation.context);
    return {
        rollback: {
            poolId: wanted.poolId,
            after: change.id,
            until,
            imageName,
            reason: `the nodes of pool ${poolName} have failed with the image that this run gave it`,
            cost: `its tasks are queued again, it is at zero nodes for some minutes, and then gets ${describeFormer(pool)} again`,
            needsMs: drainTimeoutMs + WAY_BACK_MS,
            steps: steps.map((step, index) => ({ ...step, after: index === 0 ? [] : [steps[index - 1]?.id ?? ''] }))
        },
        undo: undoOf(wanted, { pool, versionId }),
        findings: []
    };
}
function describeFormer({ scale }) {
    return scale.kind === 'auto' ? 'its autoscale formula' : (0,node_targets/* describeTargets */.Eg)((0,node_targets/* targetsOf */.QR)(scale));
}
function wayOf(situation, wanted, way) {
    const { pool, change, versionId, imageName, drainTimeoutMs } = way;
    const { poolName } = wanted.spec;
    const { scale } = pool;
    const address = addressOf(wanted);
    const undone = (0,pool_metadata/* undoneChange */.Q8)(change.metadata, pool);
    const former = { scale, imageId: versionId };
    const expects = {
        scale: 'as-left',
        imageId: wanted.imageId,
        written: change.body,
        mayBeAtZero: true,
        newImageId: versionId
    };
    const drain = {
        id: ID.drain,
        kind: 'drain-pool',
        title: `drain pool ${poolName} by requeue`,
        reason: 'its nodes have failed; the tasks on them are queued again',
        ...address,
        drain: 'requeue',
        drainTimeoutMs,
        metadata: (0,pool_metadata/* withRestorePoint */.de)(pool_metadata/* NO_CHANGE */.XG, former, situation.context),
        expects
    };
    const image = {
        id: ID.image,
        kind: 'change-pool-image',
        title: `give pool ${poolName} its former image ${imageName} back`,
        reason: 'with everything else that this run has changed, as it was',
        ...address,
        body: formerTags(pool, change),
        carries: [],
        restores: { properties: changedNames(change), metadata: undone.restores },
        metadata: (0,pool_metadata/* withRestorePoint */.de)({ set: [], remove: undone.removes }, former, situation.context),
        expects
    };
    return [drain, image, ...backToScale(situation, { ...wanted, scale: { ...scaleFrom(scale), from: 'pool' } })];
}
function backToScale(situation, wanted) {
    const reason = 'the pool is as it was';
    if (wanted.scale.kind === 'auto') {
        const ids = { 'finish-pool': ID.finish, 'verify-nodes': ID.verify };
        return handOver(situation, wanted, 'gives the former autoscale formula back').map(step => ({
            ...step,
            id: ids[step.kind] ?? step.id
        }));
    }
    const finish = { ...finishStep(situation, wanted, reason), id: ID.finish };
    const goal = wanted.scale.kind === 'fixed' ? wanted.scale.goal : { dedicated: 0, lowPriority: 0 };
    if ((0,node_targets/* totalOf */.e6)(goal) === 0)
        return [finish];
    const scale = scaleStep(wanted, goal, { isProved: true });
    return [{ ...scale, id: ID.scale, reason: `${scale.reason}; its former image needs no canary` }, finish];
}
function formerTags(pool, change) {
    const there = (pool.body.tags ?? {});
    const tags = Object.fromEntries(Object.keys((change.body.tags ?? {})).flatMap(name => {
        const value = there[name];
        return value === undefined ? [] : [[name, value]];
    }));
    return {
        ...(Object.keys(tags).length === 0 ? {} : { tags }),
        properties: {}
    };
}
function undoOf(wanted, { pool: { scale }, versionId }) {
    const name = wanted.spec.poolName;
    const address = addressOf(wanted);
    return [
        {
            after: ID.drain,
            until: ID.finish,
            on: ['cancelled', 'killed'],
            step: {
                id: ID.stop,
                kind: 'stop-resize',
                after: [],
                title: `stop the resize of pool ${name}`,
                reason: 'the nodes that are there stay',
                ...address
            }
        },
        {
            after: ID.image,
            until: ID.finish,
            on: ['failed', 'killed'],
            atOnce: true,
            step: {
                id: ID.restore,
                kind: 'restore-pool',
                after: [ID.stop],
                title: `give pool ${name} its former scale back`,
                reason: 'it has its former image again',
                ...address,
                restorePoint: { scale, imageId: versionId },
                notedImageId: versionId,
                metadata: pool_metadata/* NOTHING_OF_OURS */.cp
            }
        },
        {
            after: ID.drain,
            until: ID.finish,
            on: ['failed', 'killed'],
            step: {
                id: ID.release,
                kind: 'release-pool',
                after: [ID.stop, 'mark-image-failed', ID.restore],
                title: `release pool ${name}`,
                reason: 'its nodes stay, and the next run goes on with it',
                ...address,
                metadata: (0,pool_metadata/* released */.w2)(pool_metadata/* NO_CHANGE */.XG)
            }
        }
    ];
}

;// CONCATENATED MODULE: ./build/plan/pool/stop-after.js


function stoppedAfterProof(question, answer) {
    const { wanted, pool } = question;
    if (wanted.spec.stopAfter === undefined || answer.pool.decision === 'refuse')
        return answer;
    const { proof, findings } = answer;
    if (proof !== undefined) {
        const reason = `${answer.pool.reason}; the run stops when a temporary pool has proved it (stop-after)`;
        return { pool: { decision: 'prove', reason }, steps: [], findings, proof };
    }
    const reason = 'left to the next run (stop-after)';
    if (findings.some(({ severity }) => severity === 'error')) {
        return { pool: { decision: 'prove', reason }, steps: [], findings };
    }
    if (question.isProved && (pool === undefined || isRebuilt(question))) {
        const elsewhere = 'the temporary pool of another one like it proves the image; the run stops then (stop-after)';
        return { pool: { decision: 'prove', reason: elsewhere }, steps: [], findings };
    }
    const nowhere = pool === undefined ? noPool(question) : noProof(question, pool);
    if (nowhere !== undefined)
        return { pool: { decision: 'prove', reason }, steps: [], findings: [...findings, nowhere] };
    const rest = answer.pool.decision === 'keep' ? [] : [nothingToProve(question, answer.pool.reason)];
    return {
        pool: { decision: 'keep', reason: 'has the image, so that there is nothing to prove' },
        steps: pool === undefined ? [] : verifySteps(wanted, pool),
        findings: [...findings, ...rest]
    };
}
const stop_after_SOURCE = 'stop-after, and the pool as it is';
const isRebuilt = ({ differences }) => differences.some(({ needs }) => needs !== 'patch');
function noPool({ wanted: { spec } }) {
    return {
        rule: 'stop-after',
        severity: 'error',
        message: `stop-after: there is no pool "${spec.poolName}" yet that a temporary one could be made like`,
        wayOut: 'leave stop-after out: no job uses a new pool yet, and its first wave (canary-nodes) proves the image before more nodes are bought; or only make the image (command: image)',
        source: stop_after_SOURCE
    };
}
function noProof(question, pool) {
    const { spec } = question.wanted;
    if (!isRebuilt(question) && (0,pool_metadata/* scaleToRestore */.Mq)(pool) === undefined)
        return undefined;
    const [why, wayOut] = isRebuilt(question)
        ? [
            'no node of it is in use, so that no temporary pool is made (prove: auto)',
            'say prove: temporary-pool; or leave stop-after out: the pool’s own first wave proves the image then'
        ]
        : [
            'an earlier run has given it the image, and not its nodes back',
            'leave stop-after out, so that it gets its nodes back'
        ];
    return {
        rule: 'stop-after',
        severity: 'error',
        message: `stop-after: pool "${spec.poolName}": ${why}`,
        wayOut,
        source: stop_after_SOURCE
    };
}
function nothingToProve({ wanted: { spec } }, reason) {
    return {
        rule: 'stop-after',
        severity: 'note',
        message: `stop-after: pool "${spec.poolName}" has the image already, so that there is nothing to prove; ${reason}`,
        wayOut: 'nothing: a run without stop-after sees to that',
        source: stop_after_SOURCE
    };
}

;// CONCATENATED MODULE: ./build/plan/pool/strategies/create.js





const create = {
    answer: ({ situation, wanted, pool }) => {
        if (pool !== undefined)
            return undefined;
        const { scale, spec } = wanted;
        const goal = goalOf(situation, wanted);
        const first = (0,node_targets/* firstTargets */.dI)(goal, firstWaveOf(wanted), spec.waveSize);
        const steps = [
            {
                id: 'create-pool',
                kind: 'create-pool',
                title: `create pool ${spec.poolName} with ${(0,node_targets/* describeTargets */.Eg)(first)}`,
                reason: 'there is none yet',
                ...addressOf(wanted),
                body: createBody(situation, wanted, first)
            }
        ];
        const waves = (0,node_targets/* totalOf */.e6)(goal) > 0
            ? provingWaves(situation, wanted, goal, (0,node_targets/* totalOf */.e6)(first) > 0 ? { alreadyAsked: first } : {})
            : NO_WAVES;
        steps.push(...waves.steps);
        if (scale.kind === 'auto')
            steps.push(...handOver(situation, wanted, 'the spec asks for autoscale'));
        else if ((0,node_targets/* totalOf */.e6)(goal) > 0)
            steps.push(finishStep(situation, wanted, LEASE_GOES));
        return { pool: { decision: 'create', reason: 'there is none yet' }, steps, undo: waves.undo };
    },
    choice: ({ wanted: { spec } }) => `${spec.poolFrom === 'pool' ? 'a pool spec of another name in place of pool' : 'another pool name'} (the new pool costs quota for both until you move your jobs and delete the old one)`
};

// EXTERNAL MODULE: ./build/rules/pool-standing.js
var pool_standing = __webpack_require__(42861);
;// CONCATENATED MODULE: ./build/plan/pool/strategies/in-place.js











const ON_ANOTHER = 'the image proves itself on a temporary pool first; then ';
const PROVED_FIRST = {
    auto: ON_ANOTHER,
    'temporary-pool': ON_ANOTHER,
    canary: '',
    none: ''
};
const inPlace = {
    answer: question => {
        const { pool, differences } = question;
        if (pool === undefined)
            return undefined;
        const wasCutOff = (0,pool_metadata/* scaleToRestore */.Mq)(pool) !== undefined;
        if (!wasCutOff && differences.every(({ needs }) => needs === 'patch'))
            return undefined;
        return refusal({ ...question, pool }) ?? changed({ ...question, pool });
    },
    choice: ({ wanted }) => `image-change: in-place (${PROVED_FIRST[wanted.spec.prove]}the pool is drained by ${wanted.spec.drain} for at most drain-timeout, ` +
        'is at zero nodes for some minutes, and comes back in waves)'
};
function refusal({ situation, wanted, pool, differences }) {
    const paths = (needs) => changedThings(differences.filter(row => row.needs === needs));
    const another = paths('another-pool');
    if (another !== '') {
        return {
            rule: 'another-pool',
            message: `pool "${wanted.spec.poolName}": ${another} can’t change over api-version ${wanted.apiVersion}, which pools from managed images need`,
            wayOut: 'give a pool spec of another name, so that a new pool is made, or publish to a gallery, whose images a pool can change'
        };
    }
    const { imageChange } = wanted.spec;
    const begun = (0,pool_metadata/* scaleToRestore */.Mq)(pool) !== undefined;
    if (imageChange === 'in-place' || begun || differences.every(({ needs }) => needs === 'patch'))
        return undefined;
    const has = (0,node_targets/* nodesOf */.Nh)(pool);
    const work = situation.observed.activeWork;
    const idle = (0,node_targets/* totalOf */.e6)(has) === 0 && pool.allocationState === 'Steady' && (work?.tasks ?? 0) === 0;
    if (imageChange === 'auto' && (idle || hasOnlyFailedNodes(situation, pool)))
        return undefined;
    const state = `it has ${(0,node_targets/* describeTargets */.Eg)(has)}${work === undefined ? '' : ` and ${work.tasks === 0 ? 'no' : work.tasks} active or running ${work.tasks === 1 ? 'task' : 'tasks'}`}`;
    const why = imageChange === 'refuse' ? 'image-change is "refuse"' : state;
    return {
        rule: 'image-change',
        message: `pool "${wanted.spec.poolName}": ${paths('zero-nodes')} can only change at zero nodes, and ${why}${describeOther(differences)}`
    };
}
function changed({ situation, wanted, pool, differences, isProved }) {
    const rebuild = differences.filter(({ needs }) => needs !== 'patch');
    const reason = rebuild.length === 0
        ? 'an earlier run emptied it and was cut off before it had brought it back'
        : `${changedThings(rebuild)} can only change at zero nodes${whyItMay(situation, wanted, pool)}`;
    const steps = [];
    if (rebuild.length > 0 && !isHeldAtZero(pool))
        steps.push(drainStep(situation, wanted, pool));
    if (rebuild.length > 0)
        steps.push(changeImageStep(situation, wanted, { pool, differences }));
    else if (differences.length > 0)
        steps.push(patchStep(situation, wanted, { pool, differences }));
    const goal = goalOf(situation, wanted);
    const { proof, findings } = rebuild.length === 0 || isProved ? { findings: [] } : planProof(situation, wanted, pool);
    const present = rebuild.length > 0 ? {} : { present: (0,node_targets/* nodesOf */.Nh)(pool) };
    const waves = (0,node_targets/* totalOf */.e6)(goal) > 0
        ? wavesOf(situation, wanted, goal, { ...present, isProved: isProved || proof !== undefined })
        : NO_WAVES;
    steps.push(...waves.steps);
    const finishing = wanted.scale.kind === 'auto'
        ? handOver(situation, wanted, 'gives the autoscale formula back')
        : [finishStep(situation, wanted, 'this run’s lease, and the note of the former scale, go from its metadata')];
    return {
        pool: { decision: 'change', reason },
        steps: [...steps, ...finishing],
        findings,
        undo: waves.undo,
        ...(proof && { proof })
    };
}
function wavesOf(situation, wanted, goal, from) {
    return from.isProved === true
        ? { steps: [scaleStep(wanted, goal, from)], undo: [] }
        : provingWaves(situation, wanted, goal, from);
}
function whyItMay(situation, { spec }, pool) {
    const isOwnFailure = spec.imageChange === 'auto' && (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) > 0 && hasOnlyFailedNodes(situation, pool);
    return isOwnFailure ? ', and its nodes are only those of a run that failed' : '';
}
function isHeldAtZero(pool) {
    return pool.allocationState === 'Steady' && (0,pool_standing/* isAtZero */._V)(pool) && (0,node_targets/* totalOf */.e6)((0,node_targets/* nodesOf */.Nh)(pool)) === 0;
}

;// CONCATENATED MODULE: ./build/plan/pool/refresh-steps.js






const LEAST_MINUTES = { reboot: 71 / 60, reimage: 533 / 60 };
function refreshStep(situation, wanted, change) {
    const { spec } = wanted;
    const by = spec.refreshNodes;
    const nodes = owed(situation, change);
    const isEmptied = wanted.scale.kind === 'fixed' && wanted.nodes === 0;
    if (by === 'none' || nodes.length === 0 || isEmptied)
        return undefined;
    const waves = { canaryNodes: firstWaveOf(wanted), waveSize: spec.waveSize };
    const counts = { nodes: (0,refresh/* countedNodes */.wS)(situation.observed.nodes), toRestart: nodes.length };
    return {
        id: 'refresh-nodes',
        kind: 'refresh-nodes',
        title: `restart ${describeNodes(nodes.length)} of pool ${spec.poolName} by ${by}`,
        reason: reasonOf(waves, counts, { by, drain: spec.drain }),
        ...addressOf(wanted),
        by,
        ...waves,
        drain: spec.drain,
        drainTimeoutMs: spec.drainTimeoutMs,
        nodeTimeoutMs: spec.nodeTimeoutMs,
        maxUnhealthy: spec.maxUnhealthy,
        metadata: pool_metadata/* NO_CHANGE */.XG
    };
}
function owed({ observed }, { pool, differences }) {
    if (differences.some(refresh/* isTakenOnStart */.vM))
        return observed.nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) !== 'apart');
    const changedAt = (0,refresh/* changedAtOf */.hj)(pool);
    return changedAt === undefined ? [] : (0,refresh/* nodesToRefresh */.MO)(observed.nodes, changedAt);
}
function reasonOf(waves, counts, { by, drain }) {
    const [first, most, count] = [
        (0,refresh/* nextWaveSize */.Ir)(waves, { nodes: counts.nodes, begun: 0 }),
        (0,refresh/* mostAtOnce */._d)(waves, counts.nodes),
        (0,refresh/* wavesFor */.Az)(waves, counts)
    ];
    const order = count === 1
        ? `${describeNodes(Math.min(first, counts.toRestart))} at a time`
        : first === most
            ? `${most} at a time, each wave healthy before the next`
            : `${first} first, then ${most} at a time, each wave healthy before the next`;
    const minutes = Math.ceil(count * LEAST_MINUTES[by]);
    const tasks = drain === 'task-completion' ? ', and as long as their tasks take' : '';
    const least = `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} at least${tasks}`;
    return `they take the change only when they start; ${order}; ${count} ${count === 1 ? 'wave' : 'waves'}, ${least}`;
}
const describeNodes = (nodes) => (nodes === 1 ? '1 node' : `${nodes} nodes`);
function withRefresh({ situation, wanted, pool }, refresh, scaling) {
    const finish = scaling.findIndex(({ kind }) => kind === 'finish-pool');
    if (finish >= 0)
        return [...scaling.slice(0, finish), refresh, ...scaling.slice(finish).map(refreshIsDone)];
    const release = releaseStep(situation, wanted, 'this run’s lease goes from its metadata, and the note of what is still to restart');
    return [...scaling, refresh, ...verifySteps(wanted, pool), refreshIsDone(release)];
}
function refreshIsDone(step) {
    return step.kind === 'finish-pool' ? { ...step, metadata: withoutRefreshNote(step.metadata) } : step;
}
function isRefreshed({ observed }, pool) {
    const changedAt = (0,refresh/* changedAtOf */.hj)(pool);
    if (changedAt === undefined)
        return false;
    return stillOwed(observed.nodes, changedAt) === 0;
}
function owedText({ observed }, pool) {
    const changedAt = (0,refresh/* changedAtOf */.hj)(pool);
    if (changedAt === undefined)
        return '';
    const nodes = stillOwed(observed.nodes, changedAt);
    const [have, take] = nodes === 1 ? ['has', 'takes it on its'] : ['have', 'take it on their'];
    return `; ${describeNodes(nodes)} of it ${have} started before its last change, and ${take} next start (refresh-nodes)`;
}
function stillOwed(nodes, changedAt) {
    return nodes.filter(node => isThere(node) && (0,refresh/* startedBefore */.D1)(node, changedAt)).length;
}
const isThere = (node) => (0,node_state/* bearingOf */.Y)(node) !== 'apart' || node.state === 'offline';

;// CONCATENATED MODULE: ./build/plan/pool/strategies/keep.js




const keep = {
    answer: ({ situation, wanted, pool }) => {
        if (pool === undefined)
            return undefined;
        const left = leftBehind(situation, pool);
        const refreshed = isRefreshed(situation, pool);
        if (left === undefined && !refreshed) {
            const reason = `already as wanted${owedText(situation, pool)}`;
            return { pool: { decision: 'keep', reason }, steps: verifySteps(wanted, pool) };
        }
        const reason = `an earlier run left ${left ?? 'a note of nodes that were to restart, and have'} on it`;
        const release = releaseStep(situation, wanted, reason);
        const steps = [...verifySteps(wanted, pool), refreshed ? refreshIsDone(release) : release];
        return { pool: { decision: 'change', reason }, steps };
    },
    choice: () => 'leave it, and scale the pool to zero yourself before the next run'
};
function leftBehind({ context, observed }, { metadata }) {
    const state = (0,rules_lease/* leaseState */.oi)((0,rules_lease/* leaseOf */.m8)(metadata), context, observed.account?.readAt ?? observed.at);
    if (state === 'ran-out' || state === 'earlier-attempt')
        return 'its lease';
    return state !== 'held' && (0,pool_metadata/* hasRestorePoint */.D_)(metadata) ? 'a note of its former scale' : undefined;
}

;// CONCATENATED MODULE: ./build/plan/pool/strategies/patch.js






const patch = {
    answer: ({ situation, wanted, pool, differences }) => {
        if (pool === undefined || (0,pool_metadata/* scaleToRestore */.Mq)(pool) !== undefined)
            return undefined;
        if (differences.some(({ needs }) => needs !== 'patch'))
            return undefined;
        const changing = differences.length > 0 ? [patchStep(situation, wanted, { pool, differences })] : [];
        const scaling = scaleSteps(situation, wanted, pool);
        const refresh = refreshStep(situation, wanted, { pool, differences });
        const rest = refresh === undefined ? scaling : withRefresh({ situation, wanted, pool }, refresh, scaling);
        const steps = [...changing, ...rest];
        if (steps.length === 0)
            return undefined;
        const looksAtNodes = steps.some(({ kind }) => kind === 'scale-pool' || kind === 'verify-nodes');
        const reason = differences.length > 0
            ? `${changedThings(differences)} not as wanted`
            : scaling.length > 0
                ? 'its scale is not as wanted'
                : 'nodes of it have started before its last change, and are still to restart';
        return {
            pool: { decision: 'change', reason },
            steps: [...steps, ...(looksAtNodes ? [] : verifySteps(wanted, pool))]
        };
    }
};

;// CONCATENATED MODULE: ./build/plan/pool/strategies/index.js




const STRATEGIES = [patch, inPlace, create, keep];
const strategies_SOURCE = 'learn.microsoft.com/azure/batch/batch-pool-update-properties';
function answerOf(question) {
    for (const strategy of STRATEGIES) {
        const answer = strategy.answer(question);
        if (answer === undefined)
            continue;
        if (!('rule' in answer))
            return { findings: [], ...answer };
        return {
            pool: { decision: 'refuse', reason: 'needs a change that was not asked for' },
            steps: [],
            findings: [findingOf(answer, question)]
        };
    }
    throw new Error('internal error: no strategy has an answer');
}
function findingOf({ rule, message, wayOut }, question) {
    const choices = STRATEGIES.flatMap(({ choice }) => choice?.(question) ?? []);
    return { rule, severity: 'error', message, wayOut: wayOut ?? `choose: ${choices.join('; or ')}`, source: strategies_SOURCE };
}

;// CONCATENATED MODULE: ./build/plan/pool/pool.js












function planPool(situation, wanted, { after, provedBy }) {
    const { pool } = situation.observed;
    const differences = pool === undefined ? [] : [...poolDifferences(wanted, pool), ...otherContent(situation, wanted, pool)];
    const scaling = pool === undefined ? [] : scaleDifferences(wanted, pool);
    const question = { situation, wanted, pool, differences, isProved: provedBy !== undefined };
    const answer = stoppedAfterProof(question, answerOf(question));
    const steps = withLease(withBake(situation, wanted, answer.steps), situation.context);
    const { proof } = answer;
    const back = planRollback(situation, wanted, { pool, differences, steps });
    const proving = chained(proof?.steps ?? [], after);
    const [proved] = (0,model_step/* idsOf */.UX)(proving.filter(({ housekeeping }) => housekeeping !== true)).slice(-1);
    const first = [...(proved === undefined ? after : [proved]), ...(provedBy === undefined ? [] : [provedBy])];
    return {
        pool: {
            ...addressOf(wanted),
            differences: [...differences, ...scaling],
            maxUnhealthy: wanted.spec.maxUnhealthy,
            ...answer.pool
        },
        steps: [
            ...leftProofPools(situation, wanted).map(step => ({ ...step, after: [] })),
            ...proving,
            ...chained(steps, first)
        ],
        undo: [
            ...(proof?.undo ?? []),
            ...(answer.undo ?? []),
            ...back.undo,
            ...unlessBegun(back, poolUndo(situation, wanted, steps))
        ],
        ...(proved === undefined ? {} : { proved }),
        ...(back.rollback && { rollback: back.rollback }),
        findings: [...answer.findings, ...back.findings],
        proves: wanted.spec.stopAfter === undefined && isProof(steps)
    };
}
function unlessBegun({ rollback }, undo) {
    const [first] = rollback?.steps ?? [];
    return undo.map(one => (first === undefined ? one : { ...one, unless: first.id }));
}
function withName(plan, name) {
    const { rollback } = plan;
    const all = [...plan.steps, ...(rollback?.steps ?? []), ...plan.undo.map(({ step }) => step)];
    const own = new Set(all.map(({ id }) => id));
    const named = (id) => (own.has(id) ? `${name}/${id}` : id);
    const step = (one) => ({ ...one, id: named(one.id), after: one.after.map(named) });
    return {
        ...plan,
        ...(plan.proved === undefined ? {} : { proved: named(plan.proved) }),
        steps: plan.steps.map(step),
        undo: plan.undo.map(one => ({
            ...one,
            after: named(one.after),
            until: named(one.until),
            ...(one.unless !== undefined && { unless: named(one.unless) }),
            step: step(one.step)
        })),
        ...(rollback && {
            rollback: {
                ...rollback,
                after: named(rollback.after),
                until: named(rollback.until),
                steps: rollback.steps.map(step)
            }
        })
    };
}
function isProof(steps) {
    const grows = steps.some(step => step.kind === 'scale-pool' && (0,node_targets/* totalOf */.e6)(step.goal) > 0);
    return grows || isVerifiedAsItIs(steps);
}
function isVerifiedAsItIs(steps) {
    const handsOver = steps.some(step => step.kind === 'finish-pool' && step.evaluationIntervalMs !== undefined);
    return steps.some(({ kind }) => kind === 'verify-nodes') && !handsOver;
}
function chained(steps, first) {
    let after = first;
    return steps.map(step => {
        const placed = { ...step, after };
        if (step.housekeeping !== true)
            after = [step.id];
        return placed;
    });
}

;// CONCATENATED MODULE: ./build/plan/pool/pools.js





function planPools(situations, after, maxParallel) {
    const targets = pools_inOrder(situations.flatMap(situation => (situation.pool ? [{ situation, wanted: situation.pool }] : [])));
    const names = namesFor(targets);
    const plans = [];
    for (const [index, { situation, wanted }] of targets.entries()) {
        const ahead = plans.slice(0, Math.max(0, index - maxParallel + 1)).flatMap(({ steps }) => lastOf(steps));
        const provedBy = plans.find((plan, other) => plan.proved !== undefined && isAlike(targets[other], wanted))?.proved;
        const plan = planPool(situation, wanted, { after: [...after, ...ahead], provedBy });
        plans.push(targets.length === 1 ? plan : withName(plan, names[index] ?? ''));
    }
    return plans;
}
function pools_inOrder(targets) {
    const numberOf = ({ situation, wanted }) => {
        const items = [...((0,pool_metadata/* specItems */.O5)(wanted.spec.pool.properties) ?? []), ...(situation.observed.pool?.metadata ?? [])];
        const text = items.find(({ name }) => name === own_metadata/* ORDER_ITEM */.T8)?.value ?? '';
        return /^\d+$/.test(text) ? Number(text) : Infinity;
    };
    return targets.toSorted((a, b) => compare(numberOf(a), numberOf(b)));
}
const compare = (a, b) => (a === b ? 0 : a < b ? -1 : 1);
function namesFor(targets) {
    const names = targets.map(({ wanted }) => (0,arm_id/* nameOf */.Vb)(wanted.poolId));
    const isTwin = (name) => names.filter(one => one.toLowerCase() === name.toLowerCase()).length > 1;
    return targets.map(({ wanted }, index) => {
        const name = names[index] ?? '';
        return isTwin(name) ? (0,arm_id/* namesOf */.eZ)(wanted.poolId).join('.') : name;
    });
}
const lastOf = (steps) => (0,model_step/* idsOf */.UX)(steps.filter(({ housekeeping }) => housekeeping !== true)).slice(-1);
function isAlike(other, wanted) {
    if (other === undefined || !(0,arm_id/* sameId */.s)(other.wanted.spec.batchAccountId, wanted.spec.batchAccountId))
        return false;
    const sizeOf = ({ properties }) => String(properties.vmSize ?? '').toLowerCase();
    return sizeOf(other.wanted) !== '' && sizeOf(other.wanted) === sizeOf(wanted);
}

;// CONCATENATED MODULE: ./build/plan/plan-run.js









function planRun(run, observed, context) {
    const [first, ...others] = specsOf(run).map((spec, index) => situationOf(spec, seenAt(observed, index), context));
    if (first === undefined)
        throw new Error('internal error: a plan of nothing');
    const situations = [first, ...others];
    const findings = [...findingsOf(situations), ...oneImage(situations)];
    const stopAfter = stopAfterOf(situations);
    const plan = {
        format: 2,
        command: run.command,
        dryRun: run.dryRun,
        ...(stopAfter === undefined ? {} : { stopAfter }),
        found: unique(situations.flatMap(factsOf), ({ label, value }) => `${label} ${value}`),
        findings,
        pools: [],
        steps: [],
        undo: []
    };
    if (findings.some(isBlind))
        return plan;
    return stopped(withSteps(plan, situations, run.maxParallel));
}
const stopAfterOf = ([{ spec }]) => spec.rollout?.stopAfter;
function seenAt(observed, index) {
    const seen = observed[index];
    if (seen === undefined)
        throw new Error('internal error: a pool was not looked at');
    return seen;
}
function findingsOf(situations) {
    const all = situations.map(checkAll);
    if (all.length === 1)
        return all[0] ?? [];
    const keyOf = ({ rule, message }) => `${rule} ${message}`;
    const isShared = (finding) => all.every(some => some.some(one => keyOf(one) === keyOf(finding)));
    const named = all.flatMap((findings, index) => {
        const name = situations[index]?.spec.rollout?.poolName ?? '';
        return findings.map(finding => {
            const says = isShared(finding) || finding.message.includes(`"${name}"`);
            return says ? finding : { ...finding, message: `${finding.message} (pool "${name}")` };
        });
    });
    return unique(named, keyOf);
}
function oneImage(situations) {
    const images = situations.flatMap(({ pool }) => pool === undefined ? [] : [{ id: pool.imageId, name: pool.spec.poolName }]);
    const [first] = images;
    const other = images.find(({ id }) => first !== undefined && !(0,arm_id/* sameId */.s)(id, first.id));
    if (first === undefined || other === undefined)
        return [];
    return [
        {
            rule: 'one-image',
            severity: 'error',
            message: `pools "${first.name}" and "${other.name}" are to get different images: "${first.id}", "${other.id}"`,
            wayOut: 'give each image a run of its own',
            source: 'one run rolls out one image'
        }
    ];
}
const unique = (items, keyOf) => [
    ...new Map(items.map(item => [keyOf(item), item])).values()
];
const BLIND = new Set([
    'source-exists',
    'account-exists',
    'pool-exists',
    'pool-deleting',
    'latest-proved'
]);
const isBlind = ({ rule, severity }) => severity === 'error' && BLIND.has(rule);
function withSteps(plan, situations, maxParallel) {
    const situation = ofAllPools(situations);
    const { spec } = situation;
    const image = spec.image === undefined ? undefined : planImage(situation);
    const making = image?.steps ?? [];
    const pools = planPools(situations, (0,model_step/* idsOf */.UX)(making.slice(-1)), maxParallel);
    const proof = proofOf(making, pools, stopAfterOf(situations) !== undefined);
    const first = pools.flatMap(({ steps }) => (0,model_step/* idsOf */.UX)(steps.slice(0, 1)))[0];
    const finishing = image === undefined
        ? provingSteps(spec, situation.observed.rolloutVersion, { proof, first })
        : image.finishing(proof);
    const planned = image?.image ?? givenImage(situation);
    const rollbacks = pools.flatMap(({ rollback }) => rollback ?? []);
    return {
        ...plan,
        found: [...plan.found, ...(image?.facts ?? [])],
        findings: [...plan.findings, ...pools.flatMap(({ findings }) => findings)],
        ...(planned === undefined ? {} : { image: planned }),
        pools: pools.map(({ pool }) => pool),
        steps: [...making, ...pools.flatMap(({ steps }) => steps), ...finishing.steps],
        undo: [...(image?.undo ?? []), ...finishing.undo, ...pools.flatMap(({ undo }) => undo)],
        ...(rollbacks.length === 0 ? {} : { rollbacks })
    };
}
function proofOf(making, pools, isStopped) {
    if (pools.length === 0)
        return undefined;
    const last = (steps) => (0,model_step/* idsOf */.UX)([...making, ...steps].filter(({ housekeeping }) => housekeeping !== true).slice(-1));
    return {
        poolIds: pools.map(({ pool }) => pool.poolId),
        after: [...new Set(pools.flatMap(({ steps }) => last(steps)))],
        proves: pools.some(({ proves }) => proves),
        ...(isStopped ? { stops: { isProved: pools.some(({ pool }) => pool.decision === 'prove') } } : {})
    };
}
function givenImage({ pool, observed }) {
    if (pool === undefined)
        return undefined;
    const { imageId } = pool;
    const [, gallery, definition, version] = /galleries\/([^/]+)\/images\/([^/]+)\/versions\/([^/]+)$/i.exec(imageId) ?? [];
    const names = observed.latestProved === undefined
        ? `${pool.spec.imageFrom ?? 'image-id'} names it`
        : 'the newest version that nodes have proved';
    const reason = observed.rolloutVersion?.excludeFromLatest === true ? `${names} (it is hidden)` : names;
    if (gallery === undefined || definition === undefined || version === undefined) {
        return { kind: 'managed', imageId, imageName: (0,arm_id/* nameOf */.Vb)(imageId), decision: 'given', reason, snapshotIds: [] };
    }
    const imageName = `${gallery}/${definition}/${version}`;
    return { kind: 'gallery', imageId, imageName, version, decision: 'given', reason, snapshotIds: [] };
}
function stopped({ rollbacks, ...plan }) {
    const isStopped = plan.findings.some(({ severity }) => severity === 'error');
    return isStopped ? { ...plan, steps: [], undo: [] } : { ...plan, ...(rollbacks && { rollbacks }) };
}

;// CONCATENATED MODULE: ./build/commands/index.js




const CHAIN = { observe: observeRun, plan: planRun };
const COMMANDS = {
    release: {
        ...CHAIN,
        parse: (reader, files) => {
            const image = parseImage(reader);
            return { image, rollouts: parseRollouts(reader, files, image.publishTo) };
        }
    },
    image: { ...CHAIN, parse: reader => ({ image: parseImage(reader), rollouts: [] }) },
    rollout: { ...CHAIN, parse: (reader, files) => ({ rollouts: parseRollouts(reader, files, undefined) }) }
};

// EXTERNAL MODULE: ./build/azure/sign-in/job.js
var job = __webpack_require__(11803);
// EXTERNAL MODULE: ./build/shared/utc.js
var utc = __webpack_require__(22706);
;// CONCATENATED MODULE: ./build/azure/sign-in/sign-in-end.js

function signInEndsEarly(who, { asksUntil }, deadlineAt) {
    if (who.kind !== 'github-oidc' || asksUntil === undefined || deadlineAt <= asksUntil)
        return undefined;
    return (`GitHub lets this job sign in until ${(0,utc/* utc */.n)(asksUntil)} only, and the deadline is ${(0,utc/* utc */.n)(deadlineAt)}: ` +
        'the last tokens may serve for most of an hour more, then the run ends with sign-in-failed. ' +
        'Give it a shorter deadline, let it begin earlier in its job, or sign in without client-id on a runner with a managed identity');
}

// EXTERNAL MODULE: ./build/connect-to.js
var connect_to = __webpack_require__(80646);
// EXTERNAL MODULE: ./build/report/redact.js + 2 modules
var redact = __webpack_require__(54685);
// EXTERNAL MODULE: ./build/model/failure.js
var model_failure = __webpack_require__(31612);
;// CONCATENATED MODULE: ./build/run-journal.js


function runJournal(journal) {
    let mayBeLost = false;
    return {
        write: entry => {
            try {
                journal.write(entry);
            }
            catch (error) {
                if (!mayBeLost)
                    throw cantWrite('the journal of changes', error, 'nothing is changed without it');
            }
        },
        undoingBegins: () => void (mayBeLost = true)
    };
}
function cantWrite(what, error, so) {
    return new model_failure/* RunError */.e4({
        reason: 'runner-failed',
        message: `${what} could not be written: ${(0,shared_text/* messageOf */.bD)(error)}; ${so}`,
        wayOut: 'look at the runner’s disk and its temporary folder (RUNNER_TEMP), then run again'
    });
}

;// CONCATENATED MODULE: ./build/guarded.js


function guarded(deps) {
    const { deep, hide, text } = (0,redact/* redactor */.$)();
    hide(deps.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '');
    const { log } = deps;
    return {
        ...deps,
        hide,
        clean: deep,
        getIdToken: async (audience) => {
            const token = await deps.getIdToken(audience);
            hide(token);
            return token;
        },
        journal: runJournal({ write: entry => deps.journal.write(deep(entry)) }),
        log: {
            say: line => log.say(text(line)),
            debug: line => log.debug(text(line)),
            annotate: annotation => log.annotate(deep(annotation)),
            mask: secret => {
                hide(secret);
                log.mask(secret);
            }
        },
        writePlan: json => deps.writePlan(text(json)),
        setOutputs: outputs => deps.setOutputs(deep(outputs)),
        writeSummary: markdown => deps.writeSummary(text(markdown))
    };
}

// EXTERNAL MODULE: ./build/shared/plain-text.js
var plain_text = __webpack_require__(44114);
;// CONCATENATED MODULE: ./build/inputs/input-error.js


const MOST_QUOTED = 400;
const MOST_NAME = 100;
const MOST_MESSAGE = 1_200;
const MOST_PROBLEMS = 100;
function problemLine(input, message) {
    const quotesCut = message.replace(/"[^"]{400,}"/g, quoted => `"${(0,plain_text/* cut */.Jj)(quoted.slice(1, -1), MOST_QUOTED)}"`);
    return { input: (0,plain_text/* cut */.Jj)(input, MOST_NAME), message: (0,plain_text/* cutInside */.PS)(quotesCut, MOST_MESSAGE).replaceAll(/\s*[\r\n]+\s*/g, ' ') };
}
class InputError extends model_failure/* RunError */.e4 {
    problems;
    constructor(problems) {
        const lines = problems.slice(0, MOST_PROBLEMS).map(({ input, message }) => `${input}: ${message}`);
        const more = problems.length - lines.length;
        super({
            reason: 'input-invalid',
            message: [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
            wayOut: 'correct the inputs and run again; Azure was not called'
        });
        this.name = 'InputError';
        this.problems = problems;
    }
}

;// CONCATENATED MODULE: ./build/inputs/action-defaults.js
const ACTION_DEFAULTS = {
    command: 'release',
    'dry-run': 'false',
    'client-id': '',
    'tenant-id': '',
    'subscription-id': '',
    audience: 'api://AzureADTokenExchange',
    cloud: 'AzureCloud',
    'source-vm': '',
    'data-disks': 'all',
    'stop-vm': 'false',
    generalize: '',
    'publish-to': '',
    'image-version': 'auto',
    'target-regions': '',
    'replication-mode': 'Full',
    promote: 'when-proved',
    'wait-for-regions': 'pool',
    'image-id': '',
    pool: '',
    'pool-spec': '',
    'pool-spec-inline': '',
    'batch-account': '',
    'max-parallel': '4',
    'image-change': 'auto',
    prove: 'auto',
    'on-failure': 'auto',
    'stop-after': '',
    'canary-nodes': '1',
    'smoke-test': '',
    'smoke-test-timeout': '10m',
    'wave-size': 'all',
    'resize-timeout': '',
    'node-timeout': '30m',
    'repair-attempts': '1',
    'resize-attempts': '3',
    'max-unhealthy': '5%',
    bake: '0m',
    'refresh-nodes': 'none',
    drain: 'task-completion',
    'drain-timeout': '1h',
    'keep-snapshots': 'false',
    'work-resource-group': '',
    tags: '',
    deadline: '5h',
    'poll-interval': '30s',
    'allow-retired': 'false',
    force: 'false'
};
const INPUT_NAMES = Object.keys(ACTION_DEFAULTS);
const COMMAND_NAMES = ['release', 'image', 'rollout'];
const USED_BY = {
    command: ['release', 'image', 'rollout'],
    'dry-run': ['release', 'image', 'rollout'],
    'client-id': ['release', 'image', 'rollout'],
    'tenant-id': ['release', 'image', 'rollout'],
    'subscription-id': ['release', 'image', 'rollout'],
    audience: ['release', 'image', 'rollout'],
    cloud: ['release', 'image', 'rollout'],
    'source-vm': ['release', 'image'],
    'data-disks': ['release', 'image'],
    'stop-vm': ['release', 'image'],
    generalize: ['release', 'image'],
    'publish-to': ['release', 'image'],
    'image-version': ['release', 'image'],
    'target-regions': ['release', 'image'],
    'replication-mode': ['release', 'image'],
    promote: ['release', 'image'],
    'wait-for-regions': ['release', 'image'],
    'image-id': ['rollout'],
    pool: ['release', 'rollout'],
    'pool-spec': ['release', 'rollout'],
    'pool-spec-inline': ['release', 'rollout'],
    'batch-account': ['release', 'rollout'],
    'max-parallel': ['release', 'rollout'],
    'image-change': ['release', 'rollout'],
    prove: ['release', 'rollout'],
    'on-failure': ['release', 'rollout'],
    'stop-after': ['release', 'rollout'],
    'canary-nodes': ['release', 'rollout'],
    'smoke-test': ['release', 'rollout'],
    'smoke-test-timeout': ['release', 'rollout'],
    'wave-size': ['release', 'rollout'],
    'resize-timeout': ['release', 'rollout'],
    'node-timeout': ['release', 'rollout'],
    'repair-attempts': ['release', 'rollout'],
    'resize-attempts': ['release', 'rollout'],
    'max-unhealthy': ['release', 'rollout'],
    bake: ['release', 'rollout'],
    'refresh-nodes': ['release', 'rollout'],
    drain: ['release', 'rollout'],
    'drain-timeout': ['release', 'rollout'],
    'keep-snapshots': ['release', 'image'],
    'work-resource-group': ['release', 'image'],
    tags: ['release', 'image'],
    deadline: ['release', 'image', 'rollout'],
    'poll-interval': ['release', 'image', 'rollout'],
    'allow-retired': ['release', 'rollout'],
    force: ['rollout']
};
const NEEDED_BY = {
    'source-vm': ['release', 'image'],
    'publish-to': ['release', 'image']
};

;// CONCATENATED MODULE: ./build/inputs/input-reader.js




function readInputs(read) {
    const texts = new Map(INPUT_NAMES.map(name => [name, read(name)]));
    const problems = [];
    const text = (name) => {
        const given = texts.get(name) ?? '';
        return given.trim() === '' ? ACTION_DEFAULTS[name] : given;
    };
    const complain = (name, message) => void problems.push(problemLine(name, message));
    const take = (name, parse) => {
        try {
            return parse(text(name).trim());
        }
        catch (error) {
            const errors = error instanceof AggregateError ? error.errors : [error];
            for (const each of errors)
                complain(name, (0,shared_text/* messageOf */.bD)(each));
            return undefined;
        }
    };
    const reader = {
        command: take('command', value => parseChoice(value, COMMAND_NAMES)),
        text,
        isGiven: name => text(name).trim() !== ACTION_DEFAULTS[name],
        take: (name, parse) => (text(name) === '' ? undefined : take(name, parse)),
        takeOptional: (name, parse) => (text(name) === '' ? undefined : take(name, parse)),
        complain,
        throwIfAny: () => {
            if (problems.length > 0)
                throw new InputError(problems.toSorted((a, b) => rank(a) - rank(b)));
        }
    };
    if (reader.command !== undefined)
        checkUse(reader, reader.command);
    return reader;
}
const rank = ({ input }) => INPUT_NAMES.findIndex(name => name === input);
function checkUse(reader, command) {
    for (const name of INPUT_NAMES) {
        if (reader.isGiven(name) && !USED_BY[name].includes(command)) {
            const users = (0,shared_text/* joinWords */.yZ)(USED_BY[name], 'and');
            reader.complain(name, `is not used by command "${command}", only by ${users}; leave it out`);
        }
        if (NEEDED_BY[name]?.includes(command) === true && !reader.isGiven(name)) {
            reader.complain(name, `is missing; command "${command}" needs it`);
        }
    }
}

;// CONCATENATED MODULE: ./build/inputs/subscription-rules.js



function checkSubscriptions(reader, { subscriptionId, image, rollouts }) {
    const vm = subscriptionIn(image?.source.id);
    const target = image &&
        subscriptionIn(image.publishTo.kind === 'managed' ? image.publishTo.imageId : image.publishTo.galleryImageId);
    const guard = (name, found, what) => {
        if (subscriptionId === undefined || agree(found, subscriptionId))
            return;
        reader.complain(name, `is in subscription ${found}, and ${what} there, but subscription-id is ${subscriptionId}; leave subscription-id out ` +
            'to work across subscriptions');
    };
    guard('source-vm', vm, 'its snapshots would be made');
    guard('publish-to', target, 'the image would be made');
    const accounts = new Set(rollouts.map(({ batchAccountId }) => subscriptionIn(batchAccountId)));
    for (const account of accounts)
        guard(accountInput(reader), account, 'the pool would be made or changed');
    if (image?.publishTo.kind === 'managed' && !agree(target, vm)) {
        reader.complain('publish-to', `is in subscription ${target}; a managed image must be in that of source-vm, ${vm}`);
    }
    for (const rollout of rollouts) {
        checkPool(reader, { account: subscriptionIn(rollout.batchAccountId), image, rollout });
    }
}
function checkPool(reader, { account, image, rollout }) {
    const made = image?.publishTo.kind === 'managed' ? image.publishTo.imageId : undefined;
    const imageId = made ?? rollout.imageId;
    const found = imageId !== undefined && isManagedImageId(imageId) ? subscriptionIn(imageId) : undefined;
    if (!agree(found, account)) {
        const input = made !== undefined ? 'publish-to' : reader.isGiven('image-id') ? 'image-id' : poolSpecInput(reader);
        reader.complain(input, `the managed image is in subscription ${found}; a pool’s must be in that of ${accountInput(reader)}, ${account}`);
    }
    const subnetId = valueAt(rollout.pool.properties, ['networkConfiguration', 'subnetId']);
    const subnet = typeof subnetId === 'string' ? subscriptionIn(subnetId) : undefined;
    if (!agree(subnet, account)) {
        reader.complain(poolSpecInput(reader), `properties.networkConfiguration.subnetId: is in subscription ${subnet}; a pool’s subnet must be in that of ` +
            `batch-account, ${account}`);
    }
}
const accountInput = (reader) => (reader.isGiven('batch-account') ? 'batch-account' : 'pool');
const poolSpecInput = (reader) => reader.isGiven('pool-spec') ? 'pool-spec' : 'pool-spec-inline';
function subscriptionIn(id) {
    return id === undefined ? undefined : (0,arm_id/* splitArmId */.qF)(id)?.subscriptionId;
}
const agree = (a, b) => a === undefined || b === undefined || (0,arm_id/* sameId */.s)(a, b);

;// CONCATENATED MODULE: ./build/inputs/undeclared.js


const PREFIX = 'INPUT_';
const variableOf = (name) => `${PREFIX}${name.replaceAll(' ', '_').toUpperCase()}`;
function undeclaredInputs(env) {
    const declared = new Set(INPUT_NAMES.map(variableOf));
    return Object.keys(env)
        .filter(variable => variable.startsWith(PREFIX) && variable !== PREFIX && !declared.has(variable))
        .map(variable => {
        const input = variable.slice(PREFIX.length).toLowerCase();
        const meant = (0,shared_text/* nearest */.pA)(input.replaceAll('_', '-'), INPUT_NAMES);
        const wayOut = meant === undefined ? 'leave it out, under with as under env' : `did you mean "${meant}"?`;
        return { input, message: `is not an input of this action, and ${variable} is set; ${wayOut}` };
    });
}

;// CONCATENATED MODULE: ./build/commands/parse-inputs.js








function parseInputs(read, files) {
    const reader = readInputs(read);
    const { command } = reader;
    for (const { input, message } of undeclaredInputs(files.env))
        reader.complain(input, message);
    const common = parseCommon(reader);
    const { image, rollouts } = COMMANDS[command ?? 'release'].parse(reader, files);
    checkBake(reader, common, rollouts);
    checkSubscriptions(reader, { subscriptionId: common.signIn.subscriptionId, image, rollouts });
    const maxParallel = parseMaxParallel(reader);
    reader.throwIfAny();
    return { ...common, ...defined({ command, image, rollouts, maxParallel }) };
}
function parseCommon(reader) {
    const tags = isUsed(reader, 'tags') ? reader.takeOptional('tags', parseTags) : undefined;
    return {
        dryRun: reader.take('dry-run', parseBoolean),
        signIn: parseSignIn(reader),
        cloud: reader.take('cloud', parseCloud),
        deadlineMs: reader.take('deadline', text => parseDuration(text, '1m', '5d')),
        pollIntervalMs: reader.take('poll-interval', text => parseDuration(text, '1s', '10m')),
        tags: tags ?? {}
    };
}
function checkBake(reader, { deadlineMs }, rollouts = []) {
    if (!rollouts.some(({ bakeMs }) => bakeMs >= deadlineMs))
        return;
    const [bake, deadline] = [reader.text('bake').trim(), reader.text('deadline').trim()];
    reader.complain('bake', `"${bake}" doesn’t fit in deadline "${deadline}"; give the run a longer deadline, or a shorter bake`);
}
function parseMaxParallel(reader) {
    return isUsed(reader, 'max-parallel') ? reader.take('max-parallel', text => parseCount(text, 1)) : 1;
}
function isUsed({ command }, name) {
    return command === undefined || USED_BY[name].includes(command);
}
function parseSignIn(reader) {
    const guards = defined({
        tenantId: reader.takeOptional('tenant-id', parseGuid),
        subscriptionId: reader.takeOptional('subscription-id', parseGuid)
    });
    if (!reader.isGiven('client-id')) {
        if (reader.isGiven('audience'))
            reader.complain('audience', 'is only used with client-id; give both or neither');
        return { kind: 'default', ...guards };
    }
    if (!reader.isGiven('tenant-id'))
        reader.complain('tenant-id', 'is missing; client-id needs it');
    return {
        kind: 'github-oidc',
        tenantId: '',
        clientId: reader.take('client-id', parseGuid),
        audience: reader.take('audience', parseAudience),
        ...guards
    };
}

// EXTERNAL MODULE: ./build/model/secret-reference.js
var secret_reference = __webpack_require__(57920);
// EXTERNAL MODULE: ./build/model/to-undo.js
var to_undo = __webpack_require__(27196);
// EXTERNAL MODULE: ./build/shared/time-limit.js
var time_limit = __webpack_require__(13141);
// EXTERNAL MODULE: ./build/execute/context.js
var context = __webpack_require__(75059);
// EXTERNAL MODULE: ./build/rules/undo.js
var rules_undo = __webpack_require__(31572);
// EXTERNAL MODULE: ./build/execute/attempt-step.js + 38 modules
var attempt_step = __webpack_require__(28678);
// EXTERNAL MODULE: ./build/execute/left-behind.js
var left_behind = __webpack_require__(71720);
// EXTERNAL MODULE: ./build/shared/elapsed.js
var elapsed = __webpack_require__(65940);
// EXTERNAL MODULE: ./build/execute/take-stock.js
var take_stock = __webpack_require__(91834);
;// CONCATENATED MODULE: ./build/execute/roll-back.js







const BY_NODES = new Set(['nodes-unhealthy', 'nodes-stuck', 'smoke-test-failed']);
function rollbackDue(run, { rollbacks = [] }, { step, error, isDone }) {
    if (!('poolId' in step) || !(error instanceof model_failure/* RunError */.e4) || !BY_NODES.has(error.reason))
        return undefined;
    if ((0,take_stock/* isImageUnmade */.KC)((0,context/* poolKnown */.i)(run, step)))
        return undefined;
    return rollbacks.find(({ poolId, after }) => poolId === step.poolId && isDone(after));
}
async function rollBack(run, rollback, perform) {
    const { steps, imageName, needsMs, poolId } = rollback;
    const pool = `pool ${(0,arm_id/* nameOf */.Vb)(poolId)}`;
    const leftMs = run.deadlineAt - run.clock.now();
    if (leftMs < needsMs) {
        const message = `${pool} was not rolled back to ${imageName}: that may take ${(0,elapsed/* elapsedText */.Q)(needsMs)}, and ${(0,elapsed/* elapsedText */.Q)(Math.max(0, leftMs))} are left of the deadline`;
        return { rollback, end: 'not-begun', message };
    }
    const own = { ...run, makesImage: false, known: { ...run.known, conditions: new Set() } };
    for (const step of steps) {
        if (run.signal.aborted)
            return { rollback, ...cutOff(run, pool, { step, imageName }) };
        const { outcome, error } = await perform(own, step);
        const unmade = (0,take_stock/* isImageUnmade */.KC)((0,context/* poolKnown */.i)(own, rollback)) ? (0,take_stock/* unmadeError */.V5)((0,context/* poolKnown */.i)(own, rollback)) : undefined;
        if (unmade !== undefined)
            return { rollback, ...failed(pool, { step, error: unmade, imageName }) };
        if (outcome.status === 'done' || (outcome.status === 'failed' && step.housekeeping === true))
            continue;
        const ended = run.signal.aborted ? cutOff(run, pool, { step, imageName }) : failed(pool, { step, error, imageName });
        return { rollback, ...ended };
    }
    return {
        rollback,
        end: 'done',
        message: `${pool} was rolled back to ${imageName} and has ${healthyNodes(own, rollback)}`
    };
}
function cutOff({ signal }, pool, { step, imageName }) {
    const message = `the rollback of ${pool} to ${imageName} was cut off at ${step.id}: ${(0,shared_text/* messageOf */.bD)(signal.reason)}`;
    return { end: 'cut-off', message };
}
function failed(pool, { step, error, imageName }) {
    const message = `the rollback of ${pool} to ${imageName} failed at ${step.id}: ${(0,shared_text/* messageOf */.bD)(error)}`;
    return { end: 'failed', message, failure: { step, error } };
}
function healthyNodes(run, { poolId, steps }) {
    const grows = steps.some(({ kind }) => kind === 'scale-pool' || kind === 'verify-nodes');
    const { nodes = [] } = (0,context/* poolKnown */.i)(run, { poolId });
    const healthy = grows ? nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').length : 0;
    if (healthy === 0)
        return 'no nodes, as before';
    return healthy === 1 ? '1 healthy node' : `${healthy} healthy nodes`;
}

// EXTERNAL MODULE: ./build/execute/undo-pool.js + 1 modules
var undo_pool = __webpack_require__(72272);
// EXTERNAL MODULE: ./build/execute/undo.js
var undo = __webpack_require__(75148);
;// CONCATENATED MODULE: ./build/execute/execute.js











async function execute(deps, plan, signal) {
    const run = { ...deps, azure: deps.azure.until(signal), signal, known: (0,context/* nothingKnown */.H)() };
    const outcomes = new Map(plan.steps.map(({ id }) => [id, { id, status: 'not-started' }]));
    const started = new Map();
    const undone = [];
    const rolledBack = [];
    const beingUndone = new Set();
    let failure;
    const perform = async (own, step) => {
        const attempted = await attemptAndTell(own, step);
        const { outcome, error } = attempted;
        outcomes.set(step.id, outcome);
        if (outcome.status === 'failed' && step.housekeeping === true)
            run.warn(step.id, (0,left_behind/* leftBehind */.a)(step, error));
        return attempted;
    };
    const undoDue = async (error) => {
        undone.push(...(await undoAtOnce(run, { plan, outcomes, beingUndone, error })));
    };
    const rollBackDue = async (step, error) => {
        const rollback = rollbackDue(run, plan, { step, error, isDone: id => outcomes.get(id)?.status === 'done' });
        if (rollback === undefined)
            return;
        undone.push(...(await markBlamed(run, plan, [...outcomes.values(), ...undone])));
        run.say(step.id, `${rollback.reason}: it is rolled back to ${rollback.imageName}`);
        const back = await rollBack(run, rollback, perform);
        run.say(step.id, back.message);
        rolledBack.push(back);
        if (back.failure === undefined)
            return;
        run.warn(back.failure.step.id, whatOf(back));
        await undoDue(back.failure.error);
    };
    const runStep = async (step) => {
        const ready = await Promise.all(step.after.map(id => started.get(id)));
        if (ready.includes(false) || signal.aborted)
            return false;
        const { outcome, error } = await perform(run, step);
        if (outcome.status === 'failed' && step.housekeeping !== true) {
            failure ??= { step, error };
            await undoDue(error);
            await rollBackDue(step, error);
        }
        return outcome.status === 'done';
    };
    for (const step of plan.steps)
        started.set(step.id, runStep(step));
    await Promise.all(started.values());
    failure ??= execute_cutOff(run, plan, outcomes) ?? leftUnmade(run, plan, outcomes);
    return {
        steps: [...outcomes.values()],
        undone,
        rolledBack,
        known: run.known,
        ...(failure === undefined ? {} : { failure })
    };
}
async function attemptAndTell(run, step) {
    const attempted = await (0,attempt_step/* attemptStep */.O)(run, step);
    const { status, note = '' } = attempted.outcome;
    if (status === 'done')
        run.say(step.id, note);
    else if (status === 'cancelled' || step.housekeeping !== true)
        run.say(step.id, `${status}: ${note}`);
    return attempted;
}
async function markBlamed(run, { undo: owing }, ended) {
    const due = (0,rules_undo/* owedAt */.h)('failed', owing, progressOf(ended, run.known)).filter(({ step }) => step.kind === 'mark-image-failed');
    const marked = await (0,undo/* undo */.t)({ ...run, undoing: { isPatient: true } }, due);
    return marked.filter(({ status, note }) => status === 'done' && note !== undo_pool/* NOTHING_TO_UNDO */.x_);
}
function whatOf({ message, failure }) {
    const wayOut = failure?.error instanceof model_failure/* RunError */.e4 ? failure.error.wayOut : 'see how the pool stands';
    return { message, wayOut: `${wayOut}; the next run goes on with the pool` };
}
async function undoAtOnce(run, { plan, outcomes, beingUndone, error }) {
    const due = (0,rules_undo/* owedAlready */.M)({ steps: (0,model_step/* stepsOf */.B_)(plan), undo: plan.undo }, progressOf(outcomes.values(), run.known)).filter(({ step }) => !beingUndone.has(step.id));
    if (due.length === 0)
        return [];
    for (const { step } of due)
        beingUndone.add(step.id);
    await rest(run, error);
    return (0,undo/* undo */.t)({ ...run, undoing: { isPatient: true } }, due);
}
function progressOf(outcomes, { conditions }) {
    const statuses = new Map([...outcomes].map(({ id, status }) => [id, status]));
    return { statusOf: id => statuses.get(id) ?? 'not-started', conditions };
}
const LONGEST_REST_MS = 30_000;
async function rest({ clock, signal }, error) {
    const ms = error instanceof errors/* AzureError */.M ? (error.retryAfterMs ?? 0) : 0;
    if (ms > 0)
        await clock.sleep(Math.min(ms, LONGEST_REST_MS), signal).catch(() => undefined);
}
function execute_cutOff(run, plan, outcomes) {
    const { signal } = run;
    if (!signal.aborted)
        return undefined;
    const open = plan.steps.filter(({ id }) => outcomes.get(id)?.status !== 'done');
    if (open.every(({ housekeeping }) => housekeeping === true)) {
        for (const step of open.filter(({ id }) => outcomes.get(id)?.status !== 'failed')) {
            run.warn(step.id, (0,left_behind/* leftBehind */.a)(step, signal.reason));
        }
        return undefined;
    }
    const step = open.find(({ id, housekeeping }) => housekeeping !== true && outcomes.get(id)?.status === 'cancelled');
    return { ...(step && { step }), error: signal.reason };
}
function leftUnmade({ known }, { steps }, outcomes) {
    for (const pool of known.pools.values()) {
        const error = (0,take_stock/* unmadeError */.V5)(pool);
        const step = steps.find(({ id }) => id === pool.unmade?.stepId);
        const outcome = step && outcomes.get(step.id);
        if (error === undefined || step === undefined || outcome === undefined)
            continue;
        outcomes.set(outcome.id, { ...outcome, status: 'failed' });
        return { step, error };
    }
    return undefined;
}

// EXTERNAL MODULE: ./build/execute/node-looks.js
var node_looks = __webpack_require__(19743);
;// CONCATENATED MODULE: ./build/execute/aftermath.js






const LIMITS = { ended: { undo: 60_000, look: 15_000 }, cancelled: { undo: 2_000, look: 1_500 } };
async function aftermath(deps, { owed, error, pools, cancelled }) {
    const limits = cancelled.aborted ? LIMITS.cancelled : LIMITS.ended;
    const ends = cancelled.aborted ? [] : [cancelled];
    const limited = (ms, work) => (0,time_limit/* within */.ux)(deps.clock, ms, timeIsUp => {
        const signal = (0,time_limit/* anyOf */.EB)([timeIsUp, ...ends]);
        return work({ ...deps, azure: deps.azure.until(signal), signal });
    });
    const undone = await limited(limits.undo, async (run) => {
        if (owed.length > 0 && !cancelled.aborted)
            await rest(run, error);
        return (0,undo/* undo */.t)({ ...run, undoing: { isPatient: false } }, owed);
    });
    await limited(limits.look, run => Promise.all(pools.map(pool => lastLook(run, pool))));
    return undone;
}
async function lastLook(run, address) {
    const { poolId, apiVersion } = address;
    const known = (0,context/* poolKnown */.i)(run, address);
    if (known.pool === undefined)
        return;
    try {
        const pool = await run.azure.batch.getPool(poolId, apiVersion);
        if (pool === undefined)
            return;
        const nodes = await (0,node_looks/* serviceOf */.z5)(run, address).listNodes((0,arm_id/* nameOf */.Vb)(poolId));
        Object.assign(known, { pool, nodes });
    }
    catch {
    }
}

;// CONCATENATED MODULE: ./build/execute/resource-ledger.js

function resourceLedger() {
    const rows = new Map();
    const rowOf = (id) => {
        const row = rows.get(id.toLowerCase()) ?? { id, deeds: [] };
        rows.set(id.toLowerCase(), row);
        return row;
    };
    const write = async (id, deed, call) => {
        try {
            const answer = await call;
            const row = rowOf(id);
            if (row.deeds.at(-1) !== deed)
                row.deeds.push(deed);
            row.exists = deed !== 'deleted';
            return answer;
        }
        catch (error) {
            const row = rowOf(id);
            if (!isRefusal(error, deed))
                markUncertain(row, deed, error);
            else if (deed === 'made')
                row.exists ??= false;
            throw error;
        }
    };
    const read = async (id, call) => {
        const found = await call;
        rowOf(id).exists = found !== undefined;
        return found;
    };
    const wasThere = (id) => rowOf(id).exists === true;
    const watching = (azure) => ({
        ...azure,
        compute: watchedCompute(azure.compute, { write, read }),
        gallery: watchedGallery(azure.gallery, { write, read }, wasThere),
        batch: watchedBatch(azure.batch, { write, read }),
        until: signal => watching(azure.until(signal))
    });
    return { resources: () => [...rows.values()].map(row => ({ ...row, deeds: [...row.deeds] })), watching };
}
function markUncertain(row, deed, error) {
    row.isUncertain = true;
    if (deed === 'deleted' && isFailedOperation(error))
        row.exists = true;
    else if (deed === 'made' || deed === 'deleted')
        delete row.exists;
}
const isFailedOperation = (error) => error instanceof errors/* AzureError */.M && error.status === undefined && error.cause === undefined;
function isRefusal(error, deed) {
    if (!(error instanceof errors/* AzureError */.M) || error.status === undefined)
        return false;
    return error.status >= 400 && error.status < 500 && (error.tries === 1 || deed === 'deleted');
}
function watchedCompute(compute, { write, read }) {
    return {
        ...compute,
        getVm: id => read(id, compute.getVm(id)),
        setVmTags: (id, tags, etag) => write(id, 'changed', compute.setVmTags(id, tags, etag)),
        deallocateVm: id => write(id, 'stopped', compute.deallocateVm(id)),
        startVm: id => write(id, 'started', compute.startVm(id)),
        getSnapshot: id => read(id, compute.getSnapshot(id)),
        createSnapshot: (id, body) => write(id, 'made', compute.createSnapshot(id, body)),
        deleteSnapshot: id => write(id, 'deleted', compute.deleteSnapshot(id)),
        getManagedImage: id => read(id, compute.getManagedImage(id)),
        createManagedImage: (id, body) => write(id, 'made', compute.createManagedImage(id, body))
    };
}
function watchedGallery(gallery, { write, read }, wasThere) {
    return {
        ...gallery,
        createGalleryImage: (id, body) => write(id, 'made', gallery.createGalleryImage(id, body)),
        getVersion: (id, options) => read(id, gallery.getVersion(id, options)),
        putVersion: (id, body) => write(id, wasThere(id) ? 'changed' : 'made', gallery.putVersion(id, body))
    };
}
function watchedBatch(batch, { write, read }) {
    return {
        ...batch,
        getPool: (id, version) => read(id, batch.getPool(id, version)),
        createPool: (id, body, version) => write(id, 'made', batch.createPool(id, body, version)),
        patchPool: (id, body, condition) => write(id, 'changed', batch.patchPool(id, body, condition)),
        stopResize: (id, version) => write(id, 'changed', batch.stopResize(id, version)),
        deletePool: (id, version) => write(id, 'deleted', batch.deletePool(id, version))
    };
}

;// CONCATENATED MODULE: ./build/model/resource-outcome.js

function resourceOf(resources, id) {
    return resources.find(one => (0,arm_id/* sameId */.s)(one.id, id));
}
function hasChanged({ deeds, isUncertain }) {
    return deeds.length > 0 || isUncertain === true;
}

// EXTERNAL MODULE: ./build/model/step-kinds.js
var step_kinds = __webpack_require__(23680);
// EXTERNAL MODULE: ./build/model/azure-meaning.js + 1 modules
var azure_meaning = __webpack_require__(43703);
;// CONCATENATED MODULE: ./build/report/service-networking.js
const OF_THE_SERVICE = /^(?:Account_List|ComputeNode_|File_|Job_|JobSchedule_|Task_)/;
function withNetworking({ operation, status }, wayOut) {
    if (!OF_THE_SERVICE.test(operation) || (status !== undefined && status !== 403))
        return wayOut;
    return `${wayOut}; see also the Batch account’s networking: its publicNetworkAccess or network rules may keep this runner out of the Batch service`;
}

;// CONCATENATED MODULE: ./build/report/failure.js






function failureOf(error, step, context = {}) {
    const failure = classify(error, context);
    return step === undefined ? failure : { ...failure, step };
}
function classify(error, context) {
    if (error instanceof model_failure/* RunError */.e4)
        return runFailure(error);
    if (isAbort(error))
        return abortFailure(error, context);
    if (error instanceof errors/* AzureError */.M)
        return azureFailure(error);
    if (isSignInError(error))
        return signInFailure(error);
    const connection = connectionErrorOf(error);
    if (connection !== undefined)
        return unreachable(`no connection to Azure: ${connection.message}`, []);
    return defect(error, context);
}
function runFailure(error) {
    const { reason, wayOut, cause } = error;
    const isAzures = cause instanceof errors/* AzureError */.M;
    const lines = error.message.split('\n').filter(line => line.trim() !== '');
    const several = lines.length > 1 && !isAzures;
    const repetition = error.repetition ?? repetitionOf(cause);
    return {
        reason,
        ...(repetition === undefined ? {} : { repetition }),
        ...(error.resizeErrors.length === 0 ? {} : { resizeErrors: error.resizeErrors }),
        message: several
            ? `${lines.length} problems, all of which must be solved`
            : isAzures
                ? (0,plain_text/* oneLine */.TN)(error.message)
                : error.message,
        wayOut,
        details: [
            ...(several ? lines : []),
            ...error.details,
            ...(cause === undefined ? [] : causeLines(cause).filter(line => !error.message.includes(line)))
        ]
    };
}
function repetitionOf(cause) {
    return cause instanceof errors/* AzureError */.M ? (0,azure_meaning/* meaningOf */.P)(cause)?.repetition : undefined;
}
function causeLines(cause) {
    if (cause instanceof errors/* AzureError */.M)
        return [cause.message, ...azureDetails(cause)];
    return [cause instanceof Error ? cause.message : String(cause)];
}
function azureDetails({ details }) {
    return details.map(({ code, message }) => (code === '' ? message : `${code}: ${message}`));
}
function isAbort(error) {
    return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
function abortFailure(error, { abortReason }) {
    const why = abortReason ?? error.cause;
    if (why instanceof model_failure/* RunError */.e4)
        return runFailure(why);
    const timeout = error.name === 'TimeoutError' || (why instanceof Error && why.name === 'TimeoutError');
    return timeout
        ? {
            reason: 'deadline-exceeded',
            message: 'the deadline came before the end of the run',
            wayOut: 'run it again with the same inputs, or raise the input "deadline"',
            details: []
        }
        : {
            reason: 'cancelled',
            message: 'the run was cancelled',
            wayOut: 'run it again with the same inputs',
            details: []
        };
}
const CONNECTION_CODES = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'ETIMEDOUT',
    'EPIPE',
    'EPROTO',
    'PARSE_ERROR',
    'REQUEST_SEND_ERROR',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_SOCKET',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE'
]);
function connectionErrorOf(error, depth = 0) {
    if (!(error instanceof Error) || depth > 5)
        return undefined;
    const code = 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && CONNECTION_CODES.has(code))
        return error;
    return connectionErrorOf(error.cause, depth + 1);
}
const SIGN_IN_ERRORS = new Set([
    'AuthenticationError',
    'AggregateAuthenticationError',
    'AuthenticationRequiredError',
    'CredentialUnavailableError'
]);
function isSignInError(error) {
    return error instanceof Error && SIGN_IN_ERRORS.has(error.name);
}
function signInFailure(error) {
    return {
        reason: 'sign-in-failed',
        message: `sign-in failed: ${(0,plain_text/* oneLine */.TN)(error.message)}`,
        wayOut: 'check "client-id" and "tenant-id", that the job has "permissions: id-token: write", and that the app’s federated credential names this repository and ref or environment',
        details: []
    };
}
function azureFailure(error) {
    const classified = classifyAzure(error);
    const wayOut = withNetworking(error, classified.wayOut);
    return { ...classified, wayOut, message: (0,plain_text/* oneLine */.TN)(error.message), details: azureDetails(error) };
}
function classifyAzure(error) {
    if (isUnreachable(error))
        return { reason: 'azure-unreachable', wayOut: unreachableWayOut(error) };
    const { status } = error;
    if (status === 429)
        return { reason: 'throttled', wayOut: throttledWayOut(error) };
    if (status === 412 && isAboutPool(error)) {
        return {
            reason: 'pool-changed',
            wayOut: 'see in the pool’s activity log who changed it, and run again once that is done: the plan is made again from what stands'
        };
    }
    const meaning = (0,azure_meaning/* meaningOf */.P)(error) ?? (status === 403 ? denialOf(error) : undefined);
    if (meaning !== undefined) {
        return { ...meaning, reason: meaning.reason ?? (status === 401 ? 'sign-in-failed' : 'azure-error') };
    }
    if (status === 401)
        return { reason: 'sign-in-failed', wayOut: TOKEN_WAY_OUT };
    return { reason: 'azure-error', wayOut: (0,azure_meaning/* unknownWayOut */.W)(error) };
}
function denialOf({ operation, message, details }) {
    return (0,azure_meaning/* meaningOf */.P)({ operation, message, details, code: 'AuthorizationFailed' });
}
const TOKEN_WAY_OUT = 'the token was refused: check that "tenant-id" is the tenant of the subscription and that "cloud" is its cloud; for the Batch service, that the account allows AAD authentication';
function isAboutPool({ operation, target }) {
    return /^pools?_/i.test(operation) || /\/batchAccounts\/[^/]+\/pools\//i.test(target);
}
function isUnreachable(error) {
    if (error.status !== undefined)
        return error.status >= 500 || error.status === 408;
    return CONNECTION_CODES.has(error.code) || connectionErrorOf(error.cause) !== undefined;
}
const runAgainAfter = ({ givenUp }) => `run again ${givenUp?.notBefore === undefined ? 'later' : `after ${(0,utc/* utc */.n)(givenUp.notBefore)}`} with the same inputs`;
function throttledWayOut(error) {
    return `${runAgainAfter(error)}; see what else calls Azure in this subscription, for its limits are shared by all, and raise poll-interval`;
}
function unreachableWayOut(error) {
    return error.givenUp?.notBefore === undefined
        ? UNREACHABLE_WAY_OUT
        : `${runAgainAfter(error)}; see Azure’s status page for what is going on until then`;
}
const UNREACHABLE_WAY_OUT = 'see Azure’s status page and whether the runner reaches Azure (proxy, firewall, DNS), and run again with the same inputs';
function unreachable(message, details) {
    return { reason: 'azure-unreachable', message, wayOut: UNREACHABLE_WAY_OUT, details };
}
function defect(error, { debug = false }) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    return {
        reason: 'internal-error',
        message: `a defect of this action: ${(0,plain_text/* oneLine */.TN)(message)}`,
        wayOut: 'report it with the version of the action; a run with debug logging ("ACTIONS_STEP_DEBUG") shows the stack',
        details: debug ? stack.split('\n').map(line => line.trimEnd()) : []
    };
}

;// CONCATENATED MODULE: ./build/report/standing.js




const NOTES = {
    'held-vm': 'was stopped for its snapshots, and was not seen running again: the post step tries it too; see whether it runs, and start it (az vm start)',
    'stopped-vm': 'is stopped for its snapshots; the post step starts it again',
    'open-snapshot': 'the next run with the same inputs uses it; it is deleted once the image version is there',
    'left-snapshot': 'nothing needs it any more, and it costs money; the next run from the same inputs deletes it',
    'kept-snapshot': 'stays under its image; the next run with the same inputs uses it',
    definition: 'costs nothing',
    'open-version': 'hidden until it is proved; the next run with the same inputs goes on with it',
    'failed-given-version': 'was there before, and is tagged as failed now: nodes that ran it failed again and again',
    'failed-version': 'hidden, and tagged as failed: nodes that ran it failed again and again',
    'former-version': 'was there before',
    'finished-version': 'is done with: its nodes have proved it',
    'managed-image': 'its snapshots stay as long as it does',
    'temporary-pool': 'was only for the proof, and its nodes cost money: the next run for the same pool deletes it; or delete it now (az batch pool delete)',
    'new-pool': 'its nodes cost money; the next run goes on with it',
    'finished-pool': 'is as wanted, and has its nodes',
    'former-pool': 'was there before; the next run goes on with it',
    'rolled-back-pool': 'was there before; has the image and the scale again that it had then',
    'emptied-pool': 'was emptied for another image, and may not have all of its nodes back; the next run goes on with it',
    unmade: 'is not there, or not whole, for its step failed: the next run with the same inputs finishes it, or makes it again'
};
function standingOf(plan, after) {
    const { steps, resources = [] } = after;
    const statusOf = new Map(steps.map(({ id, status }) => [id, status]));
    const begun = (step) => (statusOf.get(step.id) ?? 'not-started') !== 'not-started';
    const rows = plan.steps
        .filter(step => begun(step) && stands(step, after))
        .map((step) => {
        const { resource, does } = step_kinds/* STEP_KINDS */.zq[step.kind];
        const isUnmade = resource !== 'temporary pool' && does === 'makes' && statusOf.get(step.id) === 'failed';
        const state = isUnmade ? 'unmade' : standing_stateOf(step, { plan, statusOf, after });
        return { id: (0,model_step/* targetOf */.$r)(step), kind: step_kinds/* RESOURCES */.eZ[resource], role: resource, state, note: NOTES[state] };
    });
    const unique = new Map(rows.toReversed().map(row => [row.id.toLowerCase(), row]));
    return [...unique]
        .toReversed()
        .map(([, row]) => row)
        .concat(failedGiven(plan, after))
        .filter(({ id }) => resourceOf(resources, id)?.exists !== false);
}
function failedGiven({ image }, { isTaggedFailed }) {
    if (image?.decision !== 'given' || isTaggedFailed !== true)
        return [];
    const state = 'failed-given-version';
    return [{ id: image.imageId, kind: step_kinds/* RESOURCES */.eZ['image version'], role: 'image version', state, note: NOTES[state] }];
}
function stands({ kind }, { vm }) {
    const { resource, does } = step_kinds/* STEP_KINDS */.zq[kind];
    if (resource === 'source VM')
        return does === 'changes' && vm === 'held';
    return does === 'makes' || does === 'resumes' || (resource === 'pool' && does === 'changes');
}
function standing_stateOf(step, { plan, statusOf, after }) {
    switch (step_kinds/* STEP_KINDS */.zq[step.kind].resource) {
        case 'source VM':
            return after.failure?.reason === 'cancelled' ? 'stopped-vm' : 'held-vm';
        case 'snapshot':
            return snapshotStateOf(plan, statusOf, (0,model_step/* targetOf */.$r)(step));
        case 'image definition':
            return 'definition';
        case 'image version':
            if (after.isTaggedFailed === true)
                return 'failed-version';
            if (isDone(plan, statusOf, 'update-image-version', (0,model_step/* targetOf */.$r)(step)))
                return 'finished-version';
            return plan.image?.decision === 'keep' ? 'former-version' : 'open-version';
        case 'managed image':
            return 'managed-image';
        case 'job':
        case 'temporary pool':
            return 'temporary-pool';
        case 'pool':
            if (isRolledBack(after, (0,model_step/* targetOf */.$r)(step)))
                return 'rolled-back-pool';
            if (isDone(plan, statusOf, 'finish-pool', (0,model_step/* targetOf */.$r)(step)))
                return 'finished-pool';
            if (step_kinds/* STEP_KINDS */.zq[step.kind].does === 'makes')
                return 'new-pool';
            return mayBeEmptied(plan, statusOf, { after, poolId: (0,model_step/* targetOf */.$r)(step) }) ? 'emptied-pool' : 'former-pool';
    }
}
const isRolledBack = ({ pools = [] }, poolId) => pools.some(({ poolId: id, rollback }) => (0,arm_id/* sameId */.s)(id, poolId) && rollback?.end === 'done');
function isDone({ steps }, statusOf, kind, id) {
    return steps.some(step => step.kind === kind && (0,arm_id/* sameId */.s)((0,model_step/* targetOf */.$r)(step), id) && statusOf.get(step.id) === 'done');
}
function snapshotStateOf({ steps }, statusOf, snapshotId) {
    const deletion = steps.find(one => one.kind === 'delete-snapshot' && (0,arm_id/* sameId */.s)(one.snapshotId, snapshotId));
    if (deletion === undefined)
        return 'kept-snapshot';
    return statusOf.get(deletion.id) === 'failed' ? 'left-snapshot' : 'open-snapshot';
}
const KEPT_ITS_NODES = new Set(['pool-changed', 'pool-change-refused']);
function mayBeEmptied({ steps }, statusOf, { after, poolId }) {
    const own = steps.filter(step => (0,arm_id/* sameId */.s)((0,model_step/* targetOf */.$r)(step), poolId));
    const find = (kind) => own.find(step => step.kind === kind);
    const [empties, grows] = [find('drain-pool'), own.findLast(({ kind }) => kind === 'scale-pool')];
    if (empties === undefined || grows === undefined || statusOf.get(grows.id) === 'done')
        return false;
    if ((statusOf.get(empties.id) ?? 'not-started') === 'not-started')
        return false;
    const { failure, pools = [] } = after;
    const isBack = pools.some(one => one.isRestored === true && (0,arm_id/* sameId */.s)(one.poolId, poolId));
    return !isBack && !(failure?.step === empties.id && KEPT_ITS_NODES.has(failure.reason));
}

;// CONCATENATED MODULE: ./build/trace-defect.js

function traceDefect({ log }, error) {
    if (!(error instanceof Error) || failureOf(error).reason !== 'internal-error')
        return;
    log.debug(error.stack ?? error.message);
    if (error.cause !== undefined)
        traceDefect({ log }, error.cause);
}

;// CONCATENATED MODULE: ./build/performing.js













async function runPlan(deps, { azure, spec, plan, observed, signal, cancelled, startedAt }) {
    const { clock, env, journal, log } = deps;
    const width = Math.max(0, ...plan.steps.map(({ id }) => id.length));
    const say = (stepId, line) => log.say((0,plain_text/* logLine */.BP)(`${(0,elapsed/* timeSince */._)(startedAt, clock.now())}  ${stepId.padEnd(width)}  ${line}`));
    const { pollIntervalMs, deadlineMs } = spec;
    const [first] = observed;
    const skewMs = first?.account?.aheadMs ?? first?.source?.aheadMs ?? 0;
    const warnings = [];
    const ledger = resourceLedger();
    const executing = {
        azure: ledger.watching(azure),
        clock,
        env,
        journal,
        say,
        warn: (step, { message, wayOut }) => {
            warnings.push({ step, message, wayOut });
            say(step, `warning: ${message}`);
        },
        pollIntervalMs,
        deadlineAt: startedAt + deadlineMs,
        context: deps.context,
        azureNow: () => clock.now() + skewMs,
        makesImage: plan.image !== undefined && plan.image.decision !== 'given'
    };
    const executed = await execute(executing, plan, signal);
    const { failure: failed, known } = executed;
    traceDefect(deps, failed?.error);
    const failure = failed &&
        undoneToo(rolledBackToo(failureOf(failed.error, failed.step?.id, { abortReason: signal.reason }), executed), plan, executed);
    journal.undoingBegins();
    const undone = await aftermath({ ...executing, known }, { owed: owedOf(plan, executed, cancelled.aborted), error: failed?.error, pools: plan.pools, cancelled });
    const ended = { ...executed, undone: [...executed.undone, ...undone] };
    const resources = ledger.resources();
    return outcomeOf(deps, {
        startedAt,
        plan,
        observed,
        executed: ended,
        resources,
        warnings,
        ...(failure && { failure })
    });
}
function owedOf({ undo }, { failure, steps, undone, known }, isCancelled) {
    if (failure === undefined)
        return [];
    return (0,rules_undo/* owedAt */.h)(isCancelled ? 'cancelled' : 'failed', undo, progressOf([...steps, ...undone], known));
}
function rolledBackToo(failure, { rolledBack, steps }) {
    const messages = rolledBack.map(({ message }) => message);
    const details = rolledBack.flatMap(({ failure: own }) => (own?.error instanceof model_failure/* RunError */.e4 ? own.error.details : []));
    const isGone = rolledBack.some(({ rollback }) => steps.some(({ id, status }) => id === rollback.steps[0]?.id && status === 'done'));
    return {
        ...failure,
        message: [failure.message, ...messages].join('; '),
        ...(isGone && { wayOut: WITHOUT_THE_NODES }),
        details: [...failure.details, ...details]
    };
}
const WITHOUT_THE_NODES = 'see what was read of the nodes that failed; they are gone, and a run with on-failure: keep leaves such nodes to look at';
function undoneToo(failure, { undo }, { undone }) {
    const notes = undone.flatMap(({ id, status, note = '' }) => {
        const step = undo.find(one => one.step.id === id)?.step;
        return step === undefined || status !== 'done' || note === ''
            ? []
            : [`the ${step_kinds/* STEP_KINDS */.zq[step.kind].resource} ${note}`];
    });
    return { ...failure, message: [failure.message, ...notes].join('; ') };
}
function notFound(plan, observed) {
    if (plan?.image?.decision !== 'given' || observed === undefined)
        return [];
    const isThere = observed.some(one => one.rolloutVersion !== undefined || one.managedImage !== undefined);
    return isThere ? [] : [{ id: plan.image.imageId, exists: false, deeds: [] }];
}
function outcomeOf({ clock }, parts) {
    const { startedAt, plan, observed, executed, failure, warnings = [] } = parts;
    const resources = [...(parts.resources ?? []), ...notFound(plan, observed)];
    const undone = executed?.undone ?? [];
    const steps = executed?.steps ?? plan?.steps.map(({ id }) => ({ id, status: 'not-started' })) ?? [];
    const known = executed?.known;
    const pools = poolsOf({ plan, observed, known, resources, rolledBack: executed?.rolledBack ?? [] });
    return {
        ok: failure === undefined,
        startedAt,
        endedAt: clock.now(),
        steps,
        undone,
        changed: resources.some(hasChanged),
        resources,
        standing: plan === undefined
            ? []
            : standingOf(plan, { steps, pools, failure, resources, vm: known?.vm, isTaggedFailed: known?.isTaggedFailed }),
        warnings,
        smokeTests: known?.smokeTests ?? [],
        ...(failure === undefined ? {} : { failure }),
        ...(known?.replication === undefined ? {} : { replication: known.replication }),
        pools
    };
}
function poolsOf({ plan, observed = [], known, resources, rolledBack }) {
    const found = observed.flatMap(({ pool }) => pool?.poolId ?? []);
    const ids = plan === undefined || plan.pools.length === 0 ? found : plan.pools.map(({ poolId }) => poolId);
    return ids.flatMap(poolId => {
        const seen = known?.pools.get(poolId.toLowerCase());
        const before = observed.find(({ pool }) => pool !== undefined && (0,arm_id/* sameId */.s)(pool.poolId, poolId));
        const pool = seen?.pool ?? before?.pool;
        if (pool === undefined || resourceOf(resources, poolId)?.exists === false)
            return [];
        const nodes = seen?.nodes ?? before?.nodes ?? [];
        const isRestored = seen?.isRestored;
        const back = rolledBack.find(({ rollback }) => (0,arm_id/* sameId */.s)(rollback.poolId, poolId));
        const rollback = back && { imageName: back.rollback.imageName, end: back.end };
        return [
            {
                poolId: pool.poolId,
                poolName: (0,arm_id/* nameOf */.Vb)(pool.poolId),
                pool,
                nodes,
                ...(isRestored && { isRestored }),
                ...(rollback && { rollback })
            }
        ];
    });
}

// EXTERNAL MODULE: ./build/report/escape.js
var report_escape = __webpack_require__(9924);
;// CONCATENATED MODULE: ./build/report/node-counts.js

function countNodes(nodes) {
    const count = (dedicated) => {
        const counts = new Map();
        for (const { state, isDedicated } of nodes) {
            if (isDedicated === dedicated)
                counts.set(state, (counts.get(state) ?? 0) + 1);
        }
        return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    };
    return { dedicated: count(true), lowPriority: count(false) };
}
const ORDER = [
    'idle',
    'running',
    'waitingforstarttask',
    'starting',
    'creating',
    'preempted',
    'starttaskfailed',
    'unusable'
];
function stateRows(nodes) {
    const { dedicated, lowPriority } = countNodes(nodes);
    const rank = (state) => {
        const index = ORDER.indexOf(state.toLowerCase());
        return index === -1 ? ORDER.indexOf('creating') + 0.5 : index;
    };
    return [...new Set([...Object.keys(dedicated), ...Object.keys(lowPriority)])]
        .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
        .map(state => ({ state, dedicated: dedicated[state] ?? 0, lowPriority: lowPriority[state] ?? 0 }));
}
function nodeTroubles(nodes) {
    const troubles = new Map();
    for (const node of nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy')) {
        const text = troubleText(node);
        const key = `${node.state}\n${text}`;
        const trouble = troubles.get(key) ?? { state: node.state, text, nodeIds: [] };
        trouble.nodeIds.push(node.nodeId);
        troubles.set(key, trouble);
    }
    return [...troubles.values()].sort((a, b) => b.nodeIds.length - a.nodeIds.length);
}
function troubleText({ errors, startTask }) {
    const parts = errors.map(({ code, message, details }) => [`${code}: ${message}`, ...details].join(' · '));
    if (startTask?.exitCode !== undefined && startTask.exitCode !== 0) {
        parts.push(`the start task ended with exit code ${startTask.exitCode}`);
    }
    if (startTask?.failure !== undefined)
        parts.push(startTask.failure);
    return parts.length === 0 ? 'no error given' : parts.join(' · ');
}

;// CONCATENATED MODULE: ./build/report/capacity.js



function capacityOf(plan, mark) {
    return plan.pools.flatMap(pool => capacityOfPool(plan.steps, pool, mark));
}
function capacityOfPool(steps, { poolId }, mark) {
    const own = steps.filter(step => 'poolId' in step && step.poolId === poolId);
    const drain = stepOf(own, 'drain-pool');
    const scale = stepOf(own, 'scale-pool');
    const comes = scale === undefined || (0,node_targets/* totalOf */.e6)(scale.goal) === 0 ? '' : `${(0,node_targets/* describeTargets */.Eg)(scale.goal)} come in waves`;
    const name = `pool ${mark((0,arm_id/* nameOf */.Vb)(poolId))}`;
    if (drain !== undefined) {
        const leaves = `${wereOf(drain.expects.scale)} leave by ${drain.drain}, and it has none for some minutes`;
        return [`${first(provedFirst(steps, poolId, mark))}Of ${name} ${leaves}${comes === '' ? '' : `; then ${comes}`}.`];
    }
    const proved = provedFirst(steps, poolId, mark);
    if (proved !== '')
        return [`${sentenceOf(proved)}${sentenceOf(name)} keeps its nodes.`];
    return comes === '' || own.every(({ kind }) => kind !== 'create-pool') ? [] : [`In ${name} ${comes}.`];
}
function provedFirst(steps, poolId, mark) {
    const made = steps.find(step => step.kind === 'create-proof-pool' && step.like.poolId === poolId);
    const own = steps.filter(step => made !== undefined && 'poolId' in step && step.poolId === (0,model_step/* targetOf */.$r)(made));
    const scale = stepOf(own, 'scale-pool');
    if (made === undefined || scale === undefined)
        return '';
    return `the change proves itself on ${(0,node_targets/* describeTargets */.Eg)(scale.goal)} of temporary pool ${mark((0,arm_id/* nameOf */.Vb)(scale.poolId))}. `;
}
const first = (proved) => (proved === '' ? '' : `First ${proved}`);
const sentenceOf = (text) => text.charAt(0).toUpperCase() + text.slice(1);
function stepOf(steps, kind) {
    return steps.findLast((step) => step.kind === kind);
}
function wereOf(scale) {
    if (scale === 'as-left')
        return 'the nodes that this run has brought';
    if (scale.kind === 'auto')
        return 'the nodes that its formula has asked for';
    return (0,node_targets/* describeTargets */.Eg)((0,node_targets/* targetsOf */.QR)(scale));
}

;// CONCATENATED MODULE: ./build/report/mark-name.js
const quoted = name => `"${name}"`;

;// CONCATENATED MODULE: ./build/report/verdict.js







function headlineOf(plan, outcome, mark = quoted) {
    if (outcome.failure !== undefined) {
        const { step, reason } = outcome.failure;
        return step === undefined ? `Failed: ${reason}` : `Failed at ${mark(step)}: ${reason}`;
    }
    if (plan === undefined)
        return 'Nothing was done';
    if (plan.dryRun)
        return 'Dry run: nothing was changed';
    if (!outcome.changed)
        return 'Nothing had to be changed';
    const { image, pools } = plan;
    const names = pools.map(pool => mark(poolNameOf(pool))).join(', ');
    if (plan.stopAfter !== undefined)
        return stoppedHeadline(plan, names, mark);
    const which = `${pools.length > 1 ? 'pools' : 'pool'} ${names}`;
    if (image !== undefined && pools.length > 0)
        return `${mark(image.imageName)} runs on ${which}`;
    if (image !== undefined)
        return `Image ${mark(image.imageName)} is ready`;
    if (pools.length === 0)
        return 'Done';
    return pools.length === 1 ? `Pool ${names} is as wanted` : `Pools ${names} are as wanted`;
}
function stoppedHeadline({ image, pools }, names, mark) {
    const isProved = image !== undefined && pools.some(({ decision }) => decision === 'prove');
    const left = pools.length > 1 ? `pools ${names} are as they were` : `pool ${names} is as it was`;
    return isProved ? `${mark(image.imageName)} has proved itself; ${left}` : verdict_sentence(left);
}
function verdictOf(plan, outcome, mark = quoted) {
    const took = (0,elapsed/* elapsedText */.Q)(outcome.endedAt - outcome.startedAt);
    if (plan === undefined) {
        return outcome.changed
            ? `It ended after ${took}.`
            : `It ended after ${took}, before there was a plan; nothing was changed in Azure.`;
    }
    if (plan.dryRun)
        return outcome.failure === undefined ? dryRunVerdict(plan, mark) : ONLY_A_PLAN;
    const parts = [imagePart(plan, outcome, mark), ...verdict_poolParts(plan, outcome, mark)].filter(part => part !== '');
    const what = parts.length === 0 ? '' : `${verdict_sentence(parts.join('; '))}. `;
    const unchanged = outcome.changed ? '' : 'Nothing was changed in Azure. ';
    return `${what}${unchanged}${outcome.ok ? stopsThere(plan) : ''}${onTheWay(outcome)}${outcome.ok ? 'It took' : 'It ended after'} ${took}.`;
}
function onTheWay({ ok, replication }) {
    const regions = (replication?.regions ?? [])
        .filter(({ state }) => state !== 'Completed' && state !== 'Failed')
        .map(({ region }) => region);
    return ok && regions.length > 0 ? `Still replicating to ${regions.join(', ')}, which it didn’t wait for. ` : '';
}
function stopsThere({ stopAfter, pools }) {
    return stopAfter !== undefined && pools.some(({ decision }) => decision === 'prove')
        ? 'The run stops there (stop-after: proof): the next one without that proves the image once more, and changes the pool. '
        : '';
}
function dryRunVerdict(plan, mark) {
    const { image, pools, steps } = plan;
    const parts = [];
    if (image !== undefined)
        parts.push(`${wouldBe(image.decision)} image ${mark(image.imageName)}`);
    parts.push(...pools.map(pool => `${wouldBe(pool.decision)} pool ${mark(poolNameOf(pool))}`));
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    const would = parts.length === 0 ? '' : ` A real run would ${parts.join(' and ')}, in ${count}.`;
    return [`${ONLY_A_PLAN}${would}`, ...capacityOf(plan, mark), stopsThere(plan).trim()].filter(Boolean).join(' ');
}
const ONLY_A_PLAN = 'This is only a plan: nothing was created, changed or deleted in Azure.';
const WOULD = {
    create: 'make',
    resume: 'finish',
    keep: 'leave alone',
    given: 'use',
    change: 'change',
    prove: 'leave alone',
    refuse: 'refuse to change'
};
const wouldBe = (decision) => WOULD[decision];
function imagePart(plan, outcome, mark) {
    if (plan.image === undefined)
        return '';
    const name = `image ${mark(plan.image.imageName)}`;
    switch (plan.image.decision) {
        case 'keep':
            return `${name} was already there`;
        case 'given':
            return `${name} was given`;
        case 'resume':
            return isMade(plan, outcome) ? `${name} of an earlier run was finished` : `${name} was not finished`;
        case 'create':
            return isMade(plan, outcome) ? `${name} was made` : `${name} was not made`;
    }
}
function verdict_poolParts(plan, outcome, mark) {
    return plan.pools.map(pool => {
        const seen = outcome.pools.find(({ poolId }) => (0,arm_id/* sameId */.s)(poolId, pool.poolId));
        return `pool ${mark(poolNameOf(pool))} ${poolVerb(pool, plan, outcome, mark)}${nodesPart(seen)}`;
    });
}
function poolVerb({ poolId, decision }, { steps }, outcome, mark) {
    const { rollback } = outcome.pools.find(one => (0,arm_id/* sameId */.s)(one.poolId, poolId)) ?? {};
    if (rollback?.end === 'done')
        return `was rolled back to ${mark(rollback.imageName)}`;
    const changes = steps.filter(step => 'poolId' in step && (0,arm_id/* sameId */.s)(step.poolId, poolId) && (0,step_kinds/* changesAzure */.bP)(step));
    const statuses = outcome.steps.filter(({ id }) => changes.some(step => step.id === id)).map(({ status }) => status);
    switch (decision) {
        case 'create':
            return statuses.includes('done') ? 'was created' : 'was not created';
        case 'change':
            if (outcome.pools.some(one => one.isRestored === true && (0,arm_id/* sameId */.s)(one.poolId, poolId)))
                return 'was given back as it was';
            return statuses.some(status => status !== 'not-started')
                ? outcome.ok
                    ? 'was changed'
                    : 'was partly changed'
                : 'was not changed';
        case 'refuse':
            return 'was left as it is';
        case 'prove':
            return 'is as it was';
        case 'keep':
            return 'was already as wanted';
    }
}
function nodesPart(seen) {
    if (seen === undefined)
        return '';
    const { nodes } = seen;
    const healthy = nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'healthy').length;
    const unhealthy = nodes.filter(node => (0,node_state/* bearingOf */.Y)(node) === 'unhealthy').length;
    if (nodes.length === 0)
        return ' and has no nodes';
    const count = healthy === nodes.length ? `${healthy} healthy` : `${healthy} healthy of ${nodes.length}`;
    return ` and has ${count} ${nodes.length === 1 ? 'node' : 'nodes'}${unhealthy === 0 ? '' : `, ${unhealthy} unhealthy`}`;
}
function isMade({ image, steps }, outcome) {
    const making = steps.filter(step => (0,arm_id/* sameId */.s)((0,model_step/* targetOf */.$r)(step), image?.imageId ?? '') && ['makes', 'resumes'].includes(step_kinds/* STEP_KINDS */.zq[step.kind].does));
    return outcome.steps.some(({ id, status }) => status === 'done' && making.some(step => step.id === id));
}
const poolNameOf = ({ poolId }) => (0,arm_id/* nameOf */.Vb)(poolId);
const verdict_sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

;// CONCATENATED MODULE: ./build/report/annotations.js




const MOST_ANNOTATIONS = 10;
const MOST_MESSAGE_CHARACTERS = 4_096;
const MOST_TITLE_CHARACTERS = 250;
function annotationsOf(plan, outcome) {
    const all = [
        ...failureAnnotations(outcome),
        ...findingAnnotations(plan).filter(({ level }) => level !== 'error' || !tellsFindings(outcome)),
        ...warningAnnotations(outcome),
        ...troubleAnnotations(outcome),
        ...noticeOf(plan, outcome)
    ];
    return ['error', 'warning', 'notice'].flatMap(level => limited(all.filter(each => each.level === level)));
}
function renderAnnotation({ level, title, message }) {
    return `::${level} title=${commandProperty(title)}::${commandData(message)}`;
}
function failureAnnotations({ failure }) {
    if (failure === undefined)
        return [];
    const { reason, step, message, wayOut, details } = failure;
    const text = [message, ...details.slice(0, 20).map(detail => `- ${detail}`), `What to do: ${wayOut}`].join('\n');
    return [{ level: 'error', title: step === undefined ? reason : `${reason} at ${step}`, message: text }];
}
function tellsFindings({ failure }) {
    return failure?.reason === 'check-failed' || failure?.reason === 'pool-change-refused';
}
function findingAnnotations(plan) {
    return (plan?.findings ?? []).flatMap(({ severity, rule, message, wayOut }) => severity === 'note'
        ? []
        : [{ level: severity, title: `check ${rule}`, message: `${message}\nWhat to do: ${wayOut}` }]);
}
function warningAnnotations({ warnings }) {
    return warnings.map(({ step, message, wayOut }) => ({
        level: 'warning',
        title: step === undefined ? 'warning' : `warning at ${step}`,
        message: `${message}\nWhat to do: ${wayOut}`
    }));
}
function troubleAnnotations({ pools }) {
    return nodeTroubles(pools.flatMap(({ nodes }) => nodes)).map(({ state, text, nodeIds }) => {
        const nodes = nodeIds.length === 1 ? '1 node is' : `${nodeIds.length} nodes are`;
        const more = nodeIds.length > 10 ? ` and ${nodeIds.length - 10} more` : '';
        return {
            level: 'warning',
            title: `${nodes} ${state}`,
            message: `${(0,plain_text/* cut */.Jj)(text, 2_000)}\n${nodeIds.slice(0, 10).join(' ')}${more}`
        };
    });
}
function noticeOf(plan, outcome) {
    if (outcome.failure !== undefined)
        return [];
    return [{ level: 'notice', title: headlineOf(plan, outcome), message: verdictOf(plan, outcome) }];
}
function limited(annotations) {
    if (annotations.length <= MOST_ANNOTATIONS)
        return annotations.map(shortened);
    const shown = annotations.slice(0, MOST_ANNOTATIONS - 1);
    const left = annotations.length - shown.length;
    const level = shown[0]?.level ?? 'notice';
    return [...shown.map(shortened), { level, title: `${left} more`, message: `${left} more are in the job summary` }];
}
function shortened({ level, title, message }) {
    const lines = message.split('\n').map(plain_text/* oneLine */.TN).join('\n');
    return { level, title: (0,plain_text/* cut */.Jj)((0,plain_text/* oneLine */.TN)(title), MOST_TITLE_CHARACTERS), message: (0,plain_text/* cut */.Jj)(lines, MOST_MESSAGE_CHARACTERS) };
}

;// CONCATENATED MODULE: ./build/report/endings.js


const CONDITIONS = {
    'image-blamed': ' where nodes that run it have failed again and again',
    'vm-has-run': ' where the VM has run meanwhile'
};
function endingLines(plan) {
    const { undo, rollbacks = [] } = plan;
    const order = new Map((0,model_step/* stepsOf */.B_)(plan).map(({ id }, index) => [id, index]));
    const sorted = undo.toSorted((a, b) => (order.get(a.after) ?? 0) - (order.get(b.after) ?? 0));
    const stretches = Map.groupBy(sorted, ({ after, until }) => (after === until ? after : `${after} … ${until}`));
    const lines = [...stretches].map(([stretch, owed]) => ({ stretch, what: sentences(owed).join('; '), owed }));
    const own = new Set(rollbacks.flatMap(({ steps }) => steps.map(({ id }) => id)));
    const isOfWayBack = ({ owed }) => owed.some(({ after }) => own.has(after));
    return [
        ...lines.filter(line => !isOfWayBack(line)),
        ...rollbacks.map(({ after, until, poolId, imageName, cost }) => ({
            stretch: `${after} … ${until}`,
            what: `where its nodes fail: roll pool ${(0,arm_id/* nameOf */.Vb)(poolId)} back to ${imageName} (${cost})`
        })),
        ...lines.filter(isOfWayBack)
    ].map(({ stretch, what }) => ({ stretch, what }));
}
function sentences(owed) {
    const kinds = Map.groupBy(owed, ({ step }) => step.kind);
    return [...kinds.values()].flatMap(([first, ...others]) => {
        if (first === undefined)
            return [];
        const more = others.length === 0 ? '' : ` and ${others.length} more`;
        const where = first.given === undefined ? '' : CONDITIONS[first.given];
        return [`${first.step.title}${more}${where}`];
    });
}

;// CONCATENATED MODULE: ./build/report/render-plan.js



const WIDTH = 120;
const MOST_LINES = 100;
function heading(text, { bold = false } = {}) {
    const line = (0,plain_text/* logLine */.BP)((0,plain_text/* oneLine */.TN)(text));
    return bold ? `\u001b[1m${line}\u001b[22m` : line;
}
function renderFound({ found }, style = {}) {
    if (found.length === 0)
        return '';
    const rows = (0,plain_text/* columns */.YB)(found.map(({ label, value }) => [`  ${(0,plain_text/* oneLine */.TN)(label)}`, (0,plain_text/* oneLine */.TN)(value)]));
    return [heading('Found', style), ...rows.map(plain_text/* logLine */.BP)].join('\n');
}
function renderPlan(plan, style = {}) {
    const blocks = [
        checkLines(plan.findings, style),
        decisionLines(plan, style),
        differenceLines(plan, style),
        stepLines(plan, style),
        undoLines(plan, style)
    ];
    return blocks
        .filter(block => block.length > 0)
        .map(block => block.join('\n'))
        .join('\n\n');
}
const SEVERITIES = ['error', 'warning', 'note'];
function checkLines(findings, style) {
    if (findings.length === 0)
        return [];
    const sorted = SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity));
    const heads = (0,plain_text/* columns */.YB)(sorted.map(({ severity, rule }) => [`  ${severity}`, (0,plain_text/* oneLine */.TN)(rule)]));
    const lines = sorted.flatMap(({ message, wayOut }, index) => [
        heads[index] ?? '',
        ...indented(message, 11, style),
        ...indented(wayOut, 11, style, '→ ')
    ]);
    return [heading('Checks', style), ...render_plan_limited(lines, 'lines')];
}
function decisionLines({ command, dryRun, image, pools }, style) {
    const rows = [
        ...(image === undefined ? [] : [['  image', (0,plain_text/* oneLine */.TN)(image.imageName), image.decision, (0,plain_text/* oneLine */.TN)(image.reason)]]),
        ...pools.map(({ poolId, decision, reason }) => ['  pool', (0,plain_text/* oneLine */.TN)((0,arm_id/* nameOf */.Vb)(poolId)), decision, (0,plain_text/* oneLine */.TN)(reason)])
    ];
    const title = dryRun ? `Plan of ${command} (dry run: nothing will be changed)` : `Plan of ${command}`;
    return [heading(title, style), ...(0,plain_text/* columns */.YB)(rows).map(plain_text/* logLine */.BP)];
}
function differenceLines({ pools }, style) {
    const differing = pools.filter(({ differences }) => differences.length > 0);
    return differing.flatMap(({ poolId, differences }) => {
        const which = pools.length === 1 ? 'the pool' : `pool ${(0,arm_id/* nameOf */.Vb)(poolId)}`;
        return [heading(`Differences of ${which}`, style), ...render_plan_limited(differences.flatMap(differenceOf), 'lines')];
    });
}
const NEEDS = {
    patch: 'can change with nodes present',
    'zero-nodes': 'can change only at zero nodes',
    'another-pool': 'can change only by another pool'
};
function differenceOf({ path, present, wanted, needs }) {
    return [`  ${(0,plain_text/* oneLine */.TN)(path)} (${NEEDS[needs]})`, `    - ${valueText(present)}`, `    + ${valueText(wanted)}`];
}
function valueText(value) {
    if (value === undefined)
        return '(not set)';
    return (0,plain_text/* shortLine */.tl)(typeof value === 'string' ? value : JSON.stringify(value), 200);
}
function stepLines({ steps, findings }, style) {
    if (steps.length === 0) {
        const failed = findings.some(({ severity }) => severity === 'error');
        return [failed ? 'No steps: a check says that this can’t work' : 'No steps: everything is as wanted'];
    }
    const numberWidth = String(steps.length).length;
    const idWidth = Math.max(...steps.map(({ id }) => id.length));
    const heads = steps.map(({ id, title }, index) => {
        return `  ${String(index + 1).padStart(numberWidth)}  ${(0,plain_text/* oneLine */.TN)(id).padEnd(idWidth)}  ${(0,plain_text/* oneLine */.TN)(title)}`;
    });
    const indent = numberWidth + idWidth + 6;
    const lines = steps.map((_, index) => [(0,plain_text/* logLine */.BP)(heads[index] ?? ''), ...reasonLines(steps, index, indent, style)]);
    const shown = lines.slice(0, MOST_LINES).flat();
    const left = lines.length - MOST_LINES;
    const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
    return [heading(count, style), ...shown, ...(left > 0 ? [`  … and ${left} more steps`] : [])];
}
function undoLines(plan, style) {
    const rows = endingLines(plan).map(({ stretch, what }) => [`  ${(0,plain_text/* oneLine */.TN)(stretch)}`, (0,plain_text/* oneLine */.TN)(what)]);
    return rows.length === 0 ? [] : [heading('If the run ends half-way', style), ...(0,plain_text/* columns */.YB)(rows).map(plain_text/* logLine */.BP)];
}
function reasonLines(steps, index, indent, style) {
    const reason = steps[index]?.reason ?? '';
    const isLastShown = index === MOST_LINES - 1;
    if (steps[index + 1]?.reason === reason && !isLastShown)
        return [];
    let first = index;
    while (steps[first - 1]?.reason === reason)
        first -= 1;
    const count = index - first + 1;
    return indented(count === 1 ? reason : `${count === 2 ? 'both' : `all ${count}`}: ${reason}`, indent, style, '· ');
}
function indented(text, indent, { width = WIDTH }, first = '') {
    const lines = (0,plain_text/* wrap */.LV)(text, Math.max(40, width - indent - first.length));
    return lines.map((line, index) => (0,plain_text/* logLine */.BP)(' '.repeat(indent) + (index === 0 ? first : ' '.repeat(first.length)) + line));
}
function render_plan_limited(lines, what) {
    const most = 3 * MOST_LINES;
    const shown = lines.slice(0, most).map(plain_text/* logLine */.BP);
    return lines.length <= most ? shown : [...shown, `  … and ${lines.length - most} more ${what}`];
}

;// CONCATENATED MODULE: ./build/report/pool-state.js

const MOST_RESIZE_ERRORS = 20;
function pool_state_poolState({ poolId, poolName, pool, nodes, rollback }) {
    const states = countNodes(nodes);
    const target = targetsOf(pool);
    return {
        version: 1,
        id: poolId,
        name: poolName,
        provisioningState: pool.provisioningState,
        allocationState: pool.allocationState,
        ...(pool.vmSize === undefined ? {} : { vmSize: pool.vmSize }),
        ...(pool.imageId === undefined ? {} : { imageId: pool.imageId }),
        scale: pool.scale.kind,
        dedicated: sizeState(pool.currentDedicatedNodes, target.dedicated, states.dedicated),
        lowPriority: sizeState(pool.currentLowPriorityNodes, target.lowPriority, states.lowPriority),
        resizeErrors: (pool.resize?.errors ?? []).slice(0, MOST_RESIZE_ERRORS),
        ...(rollback === undefined ? {} : { rollback })
    };
}
function sizeState(current, target, states) {
    return { current, ...(target === undefined ? {} : { target }), states };
}
function targetsOf(pool) {
    if (pool.scale.kind === 'fixed') {
        return { dedicated: pool.scale.targetDedicatedNodes, lowPriority: pool.scale.targetLowPriorityNodes };
    }
    return { dedicated: pool.resize?.targetDedicatedNodes, lowPriority: pool.resize?.targetLowPriorityNodes };
}
function resizeErrorsTitle({ resize }, startedAt) {
    const begun = Date.parse(resize?.startTime ?? '');
    return begun < startedAt ? 'Resize errors from before this run' : 'Resize errors';
}

;// CONCATENATED MODULE: ./build/report/portal.js


const PORTALS = {
    AzureCloud: 'https://portal.azure.com',
    AzureUSGovernment: 'https://portal.azure.us',
    AzureChinaCloud: 'https://portal.azure.cn'
};
function portalUrl(cloud, id) {
    if (!id.startsWith('/'))
        return undefined;
    return `${PORTALS[cloud.kind === 'named' ? cloud.name : 'AzureCloud']}/#@/resource${id}`;
}
function resourceLink(cloud, id, name = shortName(id)) {
    const url = portalUrl(cloud, id);
    const code = (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(name, 200));
    return url === undefined ? code : (0,report_escape/* markdownLink */.iQ)(code, url);
}
function shortName(id) {
    const segments = id.split('/').slice(7);
    const names = segments.filter((_, index) => index % 2 === 1);
    return names.length === 0 ? id : names.join('/');
}

;// CONCATENATED MODULE: ./build/report/what-to-do.js

const GOING_ON = {
    helps: 'another run with the same inputs resumes where this one stopped, and makes nothing twice',
    'after-change': 'once that is done, another run resumes where this one stopped, and makes nothing twice; before, it would fail in the same way',
    unknown: 'another run resumes where this one stopped, and makes nothing twice; whether it fails in the same way isn’t known'
};
const NEW_IMAGE = 'once the image is fixed, a new run makes another version (image-version: auto); a re-run of this one, or of a version ' +
    'that image-version names, only tries the same image again';
const OTHER_IMAGE = 'roll out another version, such as the newest that nodes have proved (image-id: {definition}/latest-proved); this one is ' +
    'refused from now on, unless force is "true"';
const OPEN_IMAGE = 'the image version isn’t tagged as failed, for none of its nodes failed again after a second chance; if it is the ' +
    'image that must be fixed, delete the version first, or name another one (image-version)';
const SENTENCE_END = /[.]$/;
function whatToDo(failure, outcome) {
    const { standing } = outcome;
    const isAny = (state) => standing.some(one => one.state === state);
    const advice = [failure.wayOut];
    const nodes = outcome.pools.reduce((sum, one) => sum + one.nodes.length, 0);
    if (isAny('new-pool') && nodes > 0) {
        const has = nodes === 1 ? '1 node, which costs money while it stands' : `${nodes} nodes, which cost money while they stand`;
        advice.push(`the pool has ${has}: resize it to 0 if it takes long`);
    }
    const goingOn = GOING_ON[failure.repetition ?? model_failure/* REPETITION */.mV[failure.reason]];
    if (isAny('failed-version'))
        advice.push(NEW_IMAGE);
    else if (isAny('failed-given-version'))
        advice.push(OTHER_IMAGE);
    else if (mayBeUsedAgainThoughBad(failure, outcome))
        advice.push(goingOn, OPEN_IMAGE);
    else if (standing.length > 0)
        advice.push(goingOn);
    const former = standing.filter(wasThereBefore);
    const isLive = isAny('finished-version') || isAny('finished-pool');
    if (former.length < standing.length && !isLive) {
        const save = former.length === 0 ? '' : ` save ${saved(former)} there before`;
        advice.push(`to give it up instead, delete what stands${save}, in the order of the table from its end`);
    }
    return advice.map(asSentence);
}
const FORMER = new Set([
    'held-vm',
    'stopped-vm',
    'former-version',
    'failed-given-version',
    'former-pool',
    'rolled-back-pool',
    'emptied-pool'
]);
const wasThereBefore = ({ state }) => FORMER.has(state);
function saved(rows) {
    const roles = rows.map(({ role }) => `the ${role}`).join(' and ');
    return `${roles}, which ${rows.length === 1 ? 'was' : 'were'}`;
}
function mayBeUsedAgainThoughBad({ reason }, { standing }) {
    const byNodes = reason === 'nodes-unhealthy' || reason === 'nodes-stuck';
    return byNodes && standing.some(({ state }) => state === 'open-version');
}
function asSentence(text) {
    const upper = text.charAt(0).toUpperCase() + text.slice(1);
    return SENTENCE_END.test(upper) ? upper : `${upper}.`;
}

;// CONCATENATED MODULE: ./build/report/log.js









const MOST_ROWS = 100;
function renderOutcome(plan, outcome, style = {}) {
    const blocks = [
        [heading(headlineOf(plan, outcome), style), ...block(verdictOf(plan, outcome), '  ')],
        plan?.dryRun === true ? [] : log_stepLines(outcome, style),
        ...outcome.pools.flatMap(pool => [nodeLines(pool, style), troubleLines(pool, outcome, style)]),
        warningLines(outcome, style),
        outcome.failure === undefined ? [] : failureLines(outcome.failure, outcome, style),
        outcome.failure === undefined ? [] : standingLines(outcome, style)
    ];
    return blocks
        .filter(lines => lines.length > 0)
        .map(lines => lines.map(keepBold).join('\n'))
        .join('\n\n');
}
const keepBold = (line) => (line.startsWith('\u001b[1m') ? line : (0,plain_text/* logLine */.BP)(line));
const log_MARKS = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' };
function log_stepLines({ steps }, style) {
    if (steps.length === 0)
        return [];
    const rows = steps
        .slice(0, MOST_ROWS)
        .map(step => [`  ${log_MARKS[step.status]}`, (0,plain_text/* oneLine */.TN)(step.id), tookOf(step), noteOf(step)]);
    return [heading('Steps', style), ...(0,plain_text/* columns */.YB)(rows, [2]), ...moreLine(steps.length - MOST_ROWS, 'steps')];
}
function tookOf({ startedAt, endedAt }) {
    return startedAt === undefined || endedAt === undefined ? '–' : (0,elapsed/* elapsedText */.Q)(endedAt - startedAt);
}
function noteOf({ status, note }) {
    if (note !== undefined)
        return (0,plain_text/* shortLine */.tl)(note, 200);
    return status === 'done' ? '' : status.replace('-', ' ');
}
function nodeLines({ poolName, pool, nodes }, style) {
    const wanted = targetsOf(pool);
    const count = (value) => (value === undefined ? '–' : String(value));
    const rows = [
        ['', 'dedicated', 'low-priority'],
        ...stateRows(nodes).map(row => [`  ${(0,plain_text/* oneLine */.TN)(row.state)}`, count(row.dedicated), count(row.lowPriority)]),
        ['  present', count(pool.currentDedicatedNodes), count(pool.currentLowPriorityNodes)],
        ['  wanted', count(wanted.dedicated), count(wanted.lowPriority)]
    ];
    return [heading(`Nodes of pool "${poolName}", ${pool.allocationState}`, style), ...(0,plain_text/* columns */.YB)(rows, [1, 2])];
}
const MOST_NODE_IDS = 5;
function troubleLines({ pool, nodes }, { startedAt }, style) {
    const troubles = nodeTroubles(nodes);
    const resizeErrors = (pool.resize?.errors ?? []).slice(0, 20);
    const nodeRows = troubles.slice(0, 20).flatMap(({ state, text, nodeIds }) => {
        const more = nodeIds.length > MOST_NODE_IDS ? ` and ${nodeIds.length - MOST_NODE_IDS} more` : '';
        const ids = nodeIds
            .slice(0, MOST_NODE_IDS)
            .map(id => (0,plain_text/* shortLine */.tl)(id, 100))
            .join(' ');
        return [`  ${nodeIds.length} ${(0,plain_text/* oneLine */.TN)(state)}: ${(0,plain_text/* shortLine */.tl)(text, 300)}`, `    ${ids}${more}`];
    });
    const errorRows = resizeErrors.flatMap(({ code, message, details }) => [
        `  ${(0,plain_text/* oneLine */.TN)(code)}: ${(0,plain_text/* shortLine */.tl)(message, 300)}`,
        ...details.slice(0, 5).map(detail => `    ${(0,plain_text/* oneLine */.TN)(detail.code)}: ${(0,plain_text/* shortLine */.tl)(detail.message, 300)}`)
    ]);
    return [
        ...(nodeRows.length === 0
            ? []
            : [heading('Unhealthy nodes', style), ...nodeRows, ...moreLine(troubles.length - 20, 'kinds')]),
        ...(errorRows.length === 0 ? [] : [heading(resizeErrorsTitle(pool, startedAt), style), ...errorRows])
    ];
}
function warningLines({ warnings }, style) {
    if (warnings.length === 0)
        return [];
    const lines = warnings
        .slice(0, MOST_ROWS)
        .flatMap(({ step, message, wayOut }) => [
        ...block(step === undefined ? message : `${step}: ${message}`, '  '),
        ...block(wayOut, '  → ')
    ]);
    return [heading('Warnings', style), ...lines, ...moreLine(warnings.length - MOST_ROWS, 'warnings')];
}
function failureLines(failure, outcome, style) {
    const where = failure.step === undefined ? failure.reason : `${failure.reason} at ${failure.step}`;
    const details = failure.details.slice(0, MOST_ROWS).map(line => `  ${(0,plain_text/* shortLine */.tl)(line, 600)}`);
    const advice = whatToDo(failure, outcome).flatMap((text, index) => block(text, `  ${index + 1}. `));
    return [
        heading(`What failed: ${where}`, style),
        ...block(failure.message, '  '),
        ...details,
        ...moreLine(failure.details.length - MOST_ROWS, 'details'),
        '',
        heading('What to do', style),
        ...advice
    ];
}
function standingLines({ standing }, style) {
    if (standing.length === 0)
        return [heading('Left standing: nothing', style)];
    const rows = standing
        .slice(0, MOST_ROWS)
        .map(({ id, role, note }) => [`  ${(0,plain_text/* oneLine */.TN)(shortName(id))}`, (0,plain_text/* oneLine */.TN)(role), (0,plain_text/* shortLine */.tl)(note, 200)]);
    return [heading('Left standing', style), ...(0,plain_text/* columns */.YB)(rows), ...moreLine(standing.length - MOST_ROWS, 'resources')];
}
function renderOutputs(outputs, style = {}) {
    const rows = Object.entries(outputs)
        .filter(([, value]) => !['', '{}', 'null'].includes(value))
        .map(([name, value]) => [`  ${name}`, (0,plain_text/* shortLine */.tl)(value, 300)]);
    return [heading('Outputs', style), ...(0,plain_text/* columns */.YB)(rows).map(plain_text/* logLine */.BP)].join('\n');
}
function block(text, prefix) {
    const rest = ' '.repeat(prefix.length);
    return (0,plain_text/* wrap */.LV)(text, 116 - prefix.length).map((line, index) => (index === 0 ? prefix : rest) + line);
}
const moreLine = (left, what) => (left > 0 ? [`  … and ${left} more ${what}`] : []);

;// CONCATENATED MODULE: ./build/report/outputs.js




const OUTPUT_NAMES = (/* unused pure expression or super */ null && ([
    'image-id',
    'image-name',
    'image-version',
    'snapshot-ids',
    'pool-id',
    'pools',
    'pool-name',
    'pool-state',
    'provisioning-state',
    'allocation-state',
    'current-dedicated-nodes',
    'current-low-priority-nodes',
    'node-states',
    'resize-errors',
    'changed',
    'plan-file',
    'failure-reason',
    'failed-step'
]));
function outputsOf(plan, outcome, extra = {}) {
    const isOne = (plan?.pools.length ?? 0) < 2 && outcome.pools.length < 2;
    const [pool] = isOne ? outcome.pools : [];
    const poolId = isOne ? (pool?.poolId ?? plan?.pools[0]?.poolId) : undefined;
    const gone = outcome.failure?.resizeErrors?.slice(0, MOST_RESIZE_ERRORS);
    return {
        ...imageOutputs(plan, outcome),
        'pool-id': poolId ?? '',
        pools: JSON.stringify(outcome.pools.map(pool_state_poolState)),
        'pool-name': poolId === undefined ? '' : (0,arm_id/* nameOf */.Vb)(poolId),
        ...poolOutputs(pool),
        ...(gone === undefined ? {} : { 'resize-errors': JSON.stringify(gone) }),
        changed: String(outcome.changed),
        'plan-file': extra.planFile ?? '',
        'failure-reason': outcome.failure?.reason ?? '',
        'failed-step': outcome.failure?.step ?? ''
    };
}
function imageOutputs(plan, outcome) {
    const image = plan !== undefined && outputs_isThere(plan, outcome) ? plan.image : undefined;
    return {
        'image-id': image?.imageId ?? '',
        'image-name': image?.imageName ?? '',
        'image-version': image?.version ?? '',
        'snapshot-ids': JSON.stringify(plan === undefined ? [] : standingSnapshots(plan, outcome))
    };
}
function outputs_isThere(plan, outcome) {
    if (plan.image === undefined || isPlanOnly(plan, outcome))
        return true;
    return resourceOf(outcome.resources, plan.image.imageId)?.exists ?? plan.image.decision !== 'create';
}
function standingSnapshots(plan, outcome) {
    const ids = plan.image?.snapshotIds ?? [];
    if (isPlanOnly(plan, outcome))
        return ids;
    const refused = outcome.failure !== undefined && plan.steps.length === 0;
    if (refused && plan.image?.decision === 'create')
        return [];
    const isToBeMade = (id) => plan.steps.some(step => step.kind === 'create-snapshot' && (0,arm_id/* sameId */.s)(step.snapshotId, id));
    return ids.filter(id => resourceOf(outcome.resources, id)?.exists ?? !isToBeMade(id));
}
const isPlanOnly = ({ dryRun }, { failure }) => dryRun && failure === undefined;
function poolOutputs(seen) {
    const text = (value) => (value === undefined ? '' : String(value));
    const state = seen === undefined ? undefined : pool_state_poolState(seen);
    return {
        'pool-state': JSON.stringify(state ?? null),
        'provisioning-state': text(state?.provisioningState),
        'allocation-state': text(state?.allocationState),
        'current-dedicated-nodes': text(state?.dedicated.current),
        'current-low-priority-nodes': text(state?.lowPriority.current),
        'node-states': JSON.stringify(seen === undefined ? {} : countNodes(seen.nodes)),
        'resize-errors': JSON.stringify(state?.resizeErrors ?? [])
    };
}

;// CONCATENATED MODULE: ./build/report/section.js
const MOST_ITEMS = 200;
const bytesOf = (text) => Buffer.byteLength(text, 'utf8');
const MOST_SHARE = 1 / 4;
function renderSections(sections, limitBytes) {
    const kept = sections.map(section => Math.min(section.items.length, section.most ?? MOST_ITEMS));
    const page = () => sections.map((section, index) => renderSection(section, kept[index] ?? 0)).join('\n');
    const keptItems = (index) => sections[index]?.items.slice(0, kept[index]) ?? [];
    const excess = () => bytesOf(page()) - (limitBytes - 1);
    if (excess() <= 0)
        return page();
    const order = sections.map((_, index) => index).sort((a, b) => importanceOf(sections, a) - importanceOf(sections, b));
    for (const index of order) {
        const size = bytesOf(keptItems(index).join('\n'));
        kept[index] = keptAfterCutting(keptItems(index), size - limitBytes * MOST_SHARE);
    }
    for (const index of order) {
        if (excess() > 0)
            kept[index] = keptAfterCutting(keptItems(index), excess());
    }
    return page();
}
const importanceOf = (sections, index) => sections[index]?.importance ?? 0;
const NOTICE_BYTES = 200;
function keptAfterCutting(items, excessBytes) {
    let count = items.length;
    if (excessBytes <= 0)
        return count;
    for (let freed = -NOTICE_BYTES; count > 0 && freed < excessBytes; count -= 1) {
        freed += bytesOf(items[count - 1] ?? '') + 1;
    }
    return count;
}
function renderSection({ lead, items, tail = [], what }, kept) {
    const left = items.length - kept;
    const notice = left === 0 ? [] : ['', `*${left.toLocaleString('en-US')} more ${what} left out.*`];
    return [...lead, ...items.slice(0, kept), ...tail, ...notice, ''].join('\n');
}
function tableHead(titles) {
    const row = (cells) => `| ${cells.join(' | ')} |`;
    return [
        row(titles.map(title => title.replace(/:$/, ''))),
        row(titles.map(title => (title.endsWith(':') ? '--:' : ':--')))
    ];
}
const tableRow = (cells) => `| ${cells.join(' | ')} |`;

;// CONCATENATED MODULE: ./build/report/summary-failure.js






function failureSections(plan, outcome, cloud) {
    const { failure } = outcome;
    if (failure === undefined)
        return [];
    return [
        failedSection(failure, plan),
        detailsSection(failure),
        standingSection(outcome, cloud),
        {
            lead: ['### What to do', ''],
            items: whatToDo(failure, outcome).map((text, index) => `${index + 1}. ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(text, 2_000))}`),
            what: 'suggestions',
            importance: 99
        }
    ];
}
function failedSection({ reason, step, message }, plan) {
    const title = plan?.steps.find(({ id }) => id === step)?.title;
    const why = model_failure/* FAILURE_REASONS */.N9[reason];
    const at = step === undefined
        ? ''
        : ` at step ${(0,report_escape/* markdownCode */.D9)(step)}${title === undefined ? '' : `: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(title, 300))}`}`;
    return {
        lead: [
            '### What failed',
            '',
            `**${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 4_000))}**`,
            '',
            `${(0,report_escape/* markdownCode */.D9)(reason)}${at}`,
            '',
            `Why: ${(0,report_escape/* markdownText */.p7)(why)}.`
        ],
        items: [],
        what: '',
        importance: 99
    };
}
function detailsSection({ details }) {
    if (details.length === 0)
        return undefined;
    return {
        lead: ['Details:', ''],
        items: details.map(line => `- ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(line, 600))}`),
        what: 'details',
        importance: 80,
        most: 100
    };
}
function standingSection({ standing }, cloud) {
    if (standing.length === 0) {
        const none = 'Nothing: this run left nothing of its own in Azure.';
        return { lead: ['### What is left standing', '', none], items: [], what: '', importance: 99 };
    }
    return {
        lead: ['### What is left standing', '', ...tableHead(['Resource', 'What it is', 'Now'])],
        items: standing.map(({ id, role, note }) => tableRow([resourceLink(cloud, id), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(role, 300)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(note, 500))])),
        what: 'resources',
        importance: 90
    };
}

;// CONCATENATED MODULE: ./build/report/gantt.js




const DAY_S = 86_400;
const gantt_MOST_ROWS = 24;
function renderGantt(plan, outcome) {
    const rows = rowsOf(plan, outcome);
    if (rows.length === 0)
        return undefined;
    const totalS = Math.max(1, Math.ceil(Math.max(...rows.map(row => row.toMs)) / 1_000));
    const lines = ['gantt', '  dateFormat YYYY-MM-DD HH:mm:ss', `  axisFormat ${axisFormat(totalS)}`, '  todayMarker off'];
    for (const part of new Set(rows.map(row => row.part))) {
        lines.push(`  section ${part}`);
        lines.push(...rows.filter(row => row.part === part).map(row => `    ${renderRow(row, totalS)}`));
    }
    return lines.join('\n');
}
function axisFormat(totalS) {
    if (totalS >= DAY_S)
        return 'day %-j %H:%M';
    return totalS < 600 ? '%M:%S' : '%H:%M';
}
const gantt_MARKS = { done: '✓', failed: '✗', cancelled: '×', 'not-started': '·' };
function renderRow({ name, fromMs, toMs, status }, totalS) {
    const label = `${gantt_MARKS[status]} ${(0,report_escape/* mermaidLabel */._b)(name, 40)} · ${(0,elapsed/* elapsedText */.Q)(toMs - fromMs)}`;
    const tag = status === 'done' ? 'done' : 'crit';
    const lengthS = Math.max(1, Math.round((toMs - fromMs) / 1_000), Math.ceil(totalS / 200));
    return `${label} :${tag}, ${dateOf(Math.round(fromMs / 1_000))}, ${lengthS}s`;
}
function dateOf(elapsedS) {
    const [date, time] = new Date(Date.UTC(2000, 0, 1) + Math.max(0, elapsedS) * 1_000).toISOString().split('T');
    return `${date} ${time?.slice(0, 8)}`;
}
function rowsOf(plan, outcome) {
    const byId = new Map((0,model_step/* stepsOf */.B_)(plan).map(step => [step.id, step]));
    const timed = outcome.steps.flatMap(step => timedStep(byId.get(step.id), step, outcome));
    if (timed.length <= gantt_MOST_ROWS)
        return timed.map(({ row }) => row);
    return grouped(timed);
}
function timedStep(step, { id, status, startedAt, endedAt }, outcome) {
    if (step === undefined || startedAt === undefined)
        return [];
    const fromMs = Math.max(0, startedAt - outcome.startedAt);
    const toMs = Math.max(fromMs, (endedAt ?? outcome.endedAt) - outcome.startedAt);
    return [{ kind: step.kind, row: { part: partOf(step), name: id, fromMs, toMs, status } }];
}
function partOf(step) {
    return step.kind === 'scale-pool' && step.proofOf !== undefined ? 'Proof' : step_kinds/* STEP_KINDS */.zq[step.kind].part;
}
function grouped(timed) {
    const groups = Map.groupBy(timed, ({ kind, row }) => `${row.part} ${kind} ${row.status}`);
    return [...groups.values()].flatMap(group => {
        const [first] = group;
        if (first === undefined)
            return [];
        if (group.length === 1)
            return [first.row];
        const fromMs = Math.min(...group.map(({ row }) => row.fromMs));
        const toMs = Math.max(...group.map(({ row }) => row.toMs));
        return [{ ...first.row, name: `${group.length} × ${first.kind}`, fromMs, toMs }];
    });
}

;// CONCATENATED MODULE: ./build/report/touched.js




const PROMOTED = { done: 'promoted', undone: 'not promoted', planned: 'to be promoted' };
function touchedOf(plan, outcome) {
    const rows = new Map();
    const unmade = new Set();
    const { resources } = outcome;
    const statuses = new Map(outcome.steps.map(step => [step.id, step]));
    for (const { id, what } of untouched(plan))
        rows.set(id.toLowerCase(), { id, what, verbs: ['left alone'], note: '', exists: true });
    for (const step of plan.steps) {
        const verb = verbOf(step, statuses.get(step.id), plan.dryRun);
        if (verb === undefined)
            continue;
        const id = (0,model_step/* targetOf */.$r)(step);
        const { resource: what, does } = step_kinds/* STEP_KINDS */.zq[step.kind];
        const row = rows.get(id.toLowerCase()) ?? { id, what, verbs: [], note: '', exists: true };
        row.verbs = [...row.verbs.filter(known => known !== 'left alone' && known !== verb), verb];
        if (plan.dryRun && does === 'makes')
            row.exists = false;
        if (verb !== step_kinds/* STEP_KINDS */.zq[step.kind].done && does === 'makes')
            unmade.add(id.toLowerCase());
        row.note = statuses.get(step.id)?.note ?? row.note;
        rows.set(id.toLowerCase(), row);
    }
    for (const { step } of plan.undo) {
        const row = rows.get((0,model_step/* targetOf */.$r)(step).toLowerCase());
        if (row?.verbs.join() === 'left alone' && touched_isDone(outcome, step))
            row.verbs = [step_kinds/* STEP_KINDS */.zq[step.kind].done];
    }
    for (const { poolId, end, note } of rolledBack(plan, outcome)) {
        const row = rows.get(poolId.toLowerCase());
        if (row !== undefined)
            Object.assign(row, { verbs: [...row.verbs, end === 'done' ? 'rolled back' : 'not rolled back'], note });
    }
    return [...rows].map(([id, row]) => touched_asFound(row, resourceOf(resources, row.id), unmade.has(id)));
}
const touched_isDone = ({ undone }, { id }) => undone.some(one => one.id === id && one.status === 'done' && (one.note ?? '') !== '');
function rolledBack({ rollbacks = [] }, { pools, steps }) {
    return pools.flatMap(({ poolId, rollback }) => {
        const own = rollbacks.find(one => (0,arm_id/* sameId */.s)(one.poolId, poolId))?.steps ?? [];
        const last = steps.findLast(({ id }) => own.some(step => step.id === id));
        return rollback === undefined ? [] : [{ poolId, end: rollback.end, note: last?.note ?? '' }];
    });
}
function touched_asFound(row, resource, isUnmade) {
    if (resource === undefined)
        return row;
    const { exists = row.exists, deeds } = resource;
    const power = deeds.filter(deed => deed === 'stopped' || deed === 'started');
    const verbs = power.length > 0 ? power : row.verbs;
    const note = power.at(-1) === 'started' ? 'running' : row.note;
    if (exists || isUnmade || verbs.includes('deleted'))
        return { ...row, exists, verbs, note };
    return { ...row, exists, note, verbs: [...verbs, deeds.at(-1) === 'deleted' ? 'deleted' : 'gone'] };
}
function untouched({ image, pools }) {
    const found = [];
    if (image?.decision === 'keep' || image?.decision === 'given') {
        found.push({ id: image.imageId, what: image.kind === 'gallery' ? 'image version' : 'managed image' });
    }
    const left = pools.filter(({ decision }) => ['keep', 'prove', 'refuse'].includes(decision));
    found.push(...left.map(({ poolId }) => ({ id: poolId, what: 'pool' })));
    return found;
}
function verbOf(step, outcome, dryRun) {
    const { done, undone, planned } = wordsOf(step);
    if (dryRun)
        return planned;
    if (outcome === undefined || outcome.status === 'not-started')
        return undefined;
    return outcome.status === 'done' ? done : undone;
}
function wordsOf(step) {
    const promotes = step.kind === 'update-image-version' && step.excludeFromLatest === false;
    return promotes ? PROMOTED : step_kinds/* STEP_KINDS */.zq[step.kind];
}

;// CONCATENATED MODULE: ./build/report/summary-outcome.js








function nodesSection({ poolName, pool, nodes }) {
    const wanted = targetsOf(pool);
    const bold = (label, dedicated, lowPriority) => tableRow([`**${label}**`, `**${dedicated ?? '–'}**`, `**${lowPriority ?? '–'}**`]);
    const states = stateRows(nodes).map(row => tableRow([(0,report_escape/* markdownCode */.D9)(row.state), zero(row.dedicated), zero(row.lowPriority)]));
    return {
        lead: [`### Nodes of pool ${(0,report_escape/* markdownCode */.D9)(poolName)}`, '', ...tableHead(['State', 'Dedicated:', 'Low-priority:'])],
        items: [
            ...states,
            bold('present', pool.currentDedicatedNodes, pool.currentLowPriorityNodes),
            bold('wanted', wanted.dedicated, wanted.lowPriority)
        ],
        tail: [
            '',
            `The pool is ${(0,report_escape/* markdownCode */.D9)(pool.allocationState)}, its provisioning state ${(0,report_escape/* markdownCode */.D9)(pool.provisioningState)}.`
        ],
        what: 'states',
        importance: 85
    };
}
function smokeTestSection({ poolName, result, output }) {
    return {
        lead: ['### Smoke test', '', `On pool ${(0,report_escape/* markdownCode */.D9)(poolName)}: ${(0,report_escape/* markdownText */.p7)(result)}.`, ''],
        items: output.map(line => `- ${(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(line.trim(), 300))}`),
        what: 'lines of its output',
        importance: 40
    };
}
const zero = (count) => (count === 0 ? '·' : String(count));
const summary_outcome_MOST_NODE_IDS = 10;
function troublesSection({ nodes }) {
    const troubles = nodeTroubles(nodes);
    if (troubles.length === 0)
        return undefined;
    const ids = (nodeIds) => {
        const more = nodeIds.length - summary_outcome_MOST_NODE_IDS;
        const named = nodeIds.slice(0, summary_outcome_MOST_NODE_IDS).map(id => (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)));
        return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
    };
    return {
        lead: ['### Unhealthy nodes', '', ...tableHead(['Nodes:', 'State', 'Error', 'Ids'])],
        items: troubles.map(({ nodeIds, state, text }) => tableRow([String(nodeIds.length), (0,report_escape/* markdownCode */.D9)(state), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(text, 600)), ids(nodeIds)])),
        what: 'kinds of unhealthy nodes',
        importance: 60,
        most: 100
    };
}
function warningsSection({ warnings }) {
    if (warnings.length === 0)
        return undefined;
    return {
        lead: ['### Warnings', '', ...tableHead(['Step', 'What is wrong', 'What to do'])],
        items: warnings.map(({ step, message, wayOut }) => tableRow([step === undefined ? '' : (0,report_escape/* markdownCode */.D9)(step), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)), (0,report_escape/* markdownText */.p7)(wayOut)])),
        what: 'warnings',
        importance: 80
    };
}
function resizeErrorsSection({ pool }, startedAt) {
    const errors = pool.resize?.errors ?? [];
    if (errors.length === 0)
        return undefined;
    return {
        lead: [`### ${resizeErrorsTitle(pool, startedAt)}`, '', ...tableHead(['Code', 'Message', 'Details'])],
        items: errors.map(({ code, message, details }) => {
            const lines = details
                .slice(0, 10)
                .map(detail => `${(0,report_escape/* markdownText */.p7)(detail.code)}: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(detail.message, 600))}`);
            return tableRow([(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(code, 200)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)), lines.join('<br>')]);
        }),
        what: 'resize errors',
        importance: 70
    };
}
function touchedSection(plan, outcome, cloud) {
    const touched = touchedOf(plan, outcome);
    if (touched.length === 0)
        return undefined;
    const titles = ['Resource', 'Kind', 'What', ...(plan.dryRun ? [] : ['Note'])];
    return {
        lead: [`### ${plan.dryRun ? 'What would be touched' : 'What was touched'}`, '', ...tableHead(titles)],
        items: touched.map(({ id, what, verbs, note, exists }) => {
            const name = exists ? resourceLink(cloud, id) : (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(shortName(id), 200));
            return tableRow([name, what, verbs.join(', '), ...(plan.dryRun ? [] : [(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(note, 500))])]);
        }),
        what: 'resources',
        importance: 75
    };
}
function idsSection(plan, outcome) {
    const ids = touchedOf(plan, outcome).flatMap(({ id, exists }) => (exists ? [id] : []));
    if (ids.length === 0)
        return undefined;
    return {
        lead: ['<details><summary>ARM ids</summary>', '', '```text'],
        items: ids.map(id => (0,plain_text/* shortLine */.tl)(id, 1_000)),
        tail: ['```', '', '</details>'],
        what: 'ids',
        importance: 30
    };
}
function replicationSection({ replication }) {
    if (replication === undefined || replication.regions.length === 0)
        return undefined;
    return {
        lead: ['### Replication of the image', '', ...tableHead(['Region', 'State', 'Progress:'])],
        items: replication.regions.map(({ region, state, progress, details }) => {
            const more = details === undefined || details === '' ? '' : `: ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(details, 500))}`;
            return tableRow([(0,report_escape/* markdownCode */.D9)(region), (0,report_escape/* markdownText */.p7)(state) + more, `${progress} %`]);
        }),
        what: 'regions',
        importance: 55
    };
}
function timeSection(plan, outcome) {
    const chart = renderGantt(plan, outcome);
    if (chart === undefined)
        return undefined;
    return { lead: ['### Where the time went', '', '```mermaid', chart, '```'], items: [], what: '', importance: 100 };
}

;// CONCATENATED MODULE: ./build/report/summary-plan.js





const summary_plan_MARKS = { done: '✅', failed: '❌', cancelled: '⛔', 'not-started': '⏸️' };
function planSection(plan, outcome) {
    const reasons = [
        ...(plan.image === undefined ? [] : [reasonLine('Image', plan.image)]),
        ...plan.pools.map(pool => reasonLine('Pool', pool))
    ];
    const lead = ['### Plan', '', ...reasons, ...(reasons.length === 0 ? [] : [''])];
    const count = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`;
    if (plan.steps.length === 0) {
        return { lead: [...lead, noSteps(plan)], items: [], what: '', importance: 50 };
    }
    const byId = new Map(outcome.steps.map(step => [step.id, step]));
    const titles = plan.dryRun ? ['Step', 'What it does', 'Why', 'After'] : ['', 'Step', 'What it does', 'Why', 'Took:'];
    return {
        lead: [...lead, `<details><summary>${count}, each with its reason</summary>`, '', ...tableHead(titles)],
        items: [...plan.steps, ...rollbackSteps(plan, byId)].map(step => plan.dryRun ? plannedRow(step) : performedRow(step, byId.get(step.id))),
        tail: ['', '</details>'],
        what: 'steps',
        importance: 50
    };
}
function rollbackSteps({ rollbacks = [] }, byId) {
    const begun = rollbacks.filter(({ steps }) => steps.some(({ id }) => byId.has(id)));
    return begun.flatMap(({ steps }) => steps);
}
function reasonLine(what, { decision, reason }) {
    return `- ${what}: **${decision}**, because ${(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(reason, 1_000))}`;
}
function noSteps(plan) {
    return plan.findings.some(({ severity }) => severity === 'error')
        ? 'No steps: a check says that this can’t work.'
        : 'No steps: everything is as wanted.';
}
function plannedRow(step) {
    return tableRow([...stepCells(step), afterCell(step.after)]);
}
function performedRow(step, outcome) {
    const { startedAt, endedAt, status = 'not-started' } = outcome ?? {};
    const took = startedAt === undefined || endedAt === undefined ? '' : (0,elapsed/* elapsedText */.Q)(endedAt - startedAt).replace(' ', '\u00a0');
    return tableRow([summary_plan_MARKS[status], ...stepCells(step), took]);
}
function stepCells({ id, title, reason }) {
    return [(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(title, 300)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(reason, 600))];
}
const MOST_AFTER = 3;
function afterCell(after) {
    const named = after.slice(0, MOST_AFTER).map(id => (0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(id, 100)));
    const more = after.length - named.length;
    return `${named.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const summary_plan_NEEDS = {
    patch: 'with nodes present',
    'zero-nodes': 'only at zero nodes',
    'another-pool': 'only by another pool'
};
function endingsSection(plan) {
    const lines = endingLines(plan);
    if (lines.length === 0)
        return undefined;
    return {
        lead: ['<details><summary>If the run ends half-way</summary>', '', ...tableHead(['Between', 'What is done then'])],
        items: lines.map(({ stretch, what }) => tableRow([(0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(stretch, 200)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(what, 600))])),
        tail: ['', '</details>'],
        what: 'lines',
        importance: 45
    };
}
function differencesSections({ pools }) {
    return pools
        .filter(({ differences }) => differences.length > 0)
        .map(({ differences }) => ({
        lead: ['### Differences of the pool', '', '```diff'],
        items: differences.map(summary_plan_differenceLines),
        tail: ['```'],
        what: 'differences',
        importance: 65
    }));
}
function summary_plan_differenceLines({ path, present, wanted, needs }) {
    const [from, to] = withoutCommonStart(summary_plan_valueText(present), summary_plan_valueText(wanted));
    return [`@@ ${(0,plain_text/* shortLine */.tl)(path, 300)} @@ can change ${summary_plan_NEEDS[needs]}`, `- ${from}`, `+ ${to}`].join('\n');
}
function withoutCommonStart(from, to) {
    if (!from.startsWith('/subscriptions/') || !to.startsWith('/subscriptions/'))
        return [from, to];
    const [a, b] = [from.split('/'), to.split('/')];
    const same = a.findIndex((segment, index) => segment !== b[index]);
    const start = (same === -1 ? a.length : same) - 3;
    const tail = (segments) => `…/${segments.slice(start).join('/')}`;
    return start < 3 ? [from, to] : [tail(a), tail(b)];
}
function summary_plan_valueText(value) {
    if (value === undefined)
        return '(not set)';
    return (0,plain_text/* shortLine */.tl)(typeof value === 'string' ? value : JSON.stringify(value), 500);
}
const summary_plan_SEVERITIES = ['error', 'warning', 'note'];
const SIGNS = { error: '❌ error', warning: '⚠️ warning', note: 'ℹ️ note' };
function checksSection({ findings }) {
    if (findings.length === 0)
        return undefined;
    const sorted = summary_plan_SEVERITIES.flatMap(severity => findings.filter(finding => finding.severity === severity));
    return {
        lead: ['### Checks', '', ...tableHead(['', 'Check', 'What it says', 'What to do'])],
        items: sorted.map(({ severity, rule, message, wayOut, source }) => tableRow([
            SIGNS[severity],
            (0,report_escape/* markdownLink */.iQ)((0,report_escape/* markdownCode */.D9)((0,plain_text/* cut */.Jj)(rule, 100)), source),
            (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(message, 1_000)),
            (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(wayOut, 1_000))
        ])),
        what: 'checks',
        importance: 68
    };
}
function foundSection({ found }) {
    if (found.length === 0)
        return undefined;
    return {
        lead: ['<details><summary>What the plan rests on</summary>', '', ...tableHead(['', 'Found'])],
        items: found.map(({ label, value }) => tableRow([(0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(label, 200)), (0,report_escape/* markdownText */.p7)((0,plain_text/* cut */.Jj)(value, 1_000))])),
        tail: ['', '</details>'],
        what: 'facts',
        importance: 40
    };
}

;// CONCATENATED MODULE: ./build/report/summary.js






const MOST_SUMMARY_BYTES = 1_000_000;
function renderSummary(input) {
    const { plan, outcome, cloud } = input;
    const about = plan === undefined ? [] : planSections(plan, outcome, cloud);
    const sections = [
        headSection(input),
        ...failureSections(plan, outcome, cloud),
        warningsSection(outcome),
        ...about,
        footSection(input)
    ];
    return renderSections(sections.filter(section => section !== undefined), input.limitBytes ?? MOST_SUMMARY_BYTES);
}
function planSections(plan, outcome, cloud) {
    const steps = planSection(plan, outcome);
    const result = [
        ...outcome.pools.flatMap(pool => [
            nodesSection(pool),
            troublesSection(pool),
            resizeErrorsSection(pool, outcome.startedAt)
        ]),
        ...outcome.smokeTests.map(smokeTestSection),
        touchedSection(plan, outcome, cloud),
        idsSection(plan, outcome),
        replicationSection(outcome),
        timeSection(plan, outcome)
    ];
    const basis = [...differencesSections(plan), checksSection(plan)];
    const found = foundSection(plan);
    return plan.dryRun ? [...basis, ...result, steps, endingsSection(plan), found] : [...result, ...basis, steps, found];
}
function headSection({ plan, outcome }) {
    const icon = outcome.failure !== undefined || !outcome.ok ? '❌' : plan?.dryRun === true ? '📝' : '✅';
    return {
        lead: [`## ${icon} ${headlineOf(plan, outcome, report_escape/* markdownCode */.D9)}`, '', verdictOf(plan, outcome, report_escape/* markdownCode */.D9)],
        items: [],
        what: '',
        importance: 100
    };
}
function footSection({ plan, run }) {
    if (run === undefined)
        return undefined;
    const attempt = run.runAttempt === 1 ? '' : `, attempt ${run.runAttempt}`;
    const text = `run ${(0,report_escape/* markdownText */.p7)(run.runId)}${attempt}`;
    const link = run.runUrl === undefined ? text : (0,report_escape/* markdownLink */.iQ)(text, run.runUrl);
    const command = plan === undefined ? '' : `command ${(0,report_escape/* markdownCode */.D9)(plan.command)} · `;
    const from = `${(0,report_escape/* markdownText */.p7)(run.repository)} at ${(0,report_escape/* markdownCode */.D9)(run.commit.slice(0, 7))}`;
    return { lead: [`<sub>${command}${from} · ${link}</sub>`], items: [], what: '', importance: 100 };
}

;// CONCATENATED MODULE: ./build/reporting.js







function report(deps, { spec, plan, planFile, outcome: ended }) {
    const { log } = deps;
    const outputs = outputsOf(plan, ended, planFile === undefined ? {} : { planFile });
    const lost = tried(() => deps.setOutputs(outputs));
    const outcome = lost === undefined ? ended : withoutOutputs(ended, lost);
    const cloud = spec?.cloud ?? { kind: 'named', name: 'AzureCloud' };
    const told = (what, error) => {
        const { message } = cantWrite(what, error, 'the rest of the report is');
        tried(() => log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`)));
        tried(() => log.annotate({ level: 'warning', title: 'the report is not whole', message }));
    };
    const parts = {
        'the log': () => log.say(`\n${renderOutcome(plan, outcome)}\n`),
        'the outputs’ list': () => log.say(renderOutputs(outputs)),
        'the annotations': () => annotationsOf(plan, outcome).forEach(annotation => log.annotate(annotation)),
        'the job summary': () => deps.writeSummary(renderSummary({ plan, outcome, cloud, run: deps.context }))
    };
    if (lost !== undefined && !ended.ok)
        told('the outputs (GITHUB_OUTPUT)', lost.error);
    for (const [what, write] of Object.entries(parts)) {
        const failed = tried(write);
        if (failed !== undefined)
            told(what, failed.error);
    }
    return lost === undefined;
}
function tried(write) {
    try {
        write();
        return undefined;
    }
    catch (error) {
        return { error };
    }
}
function withoutOutputs(outcome, { error }) {
    if (!outcome.ok)
        return outcome;
    const so = 'jobs that come after would go on without them';
    return { ...outcome, ok: false, failure: failureOf(cantWrite('the outputs (GITHUB_OUTPUT)', error, so)) };
}

;// CONCATENATED MODULE: ./build/report/refusal.js
const REASON_OF_RULE = {
    'image-change': 'pool-change-refused',
    'another-pool': 'pool-change-refused',
    'pool-change-unmade': 'pool-change-refused',
    'pool-leased': 'pool-leased'
};
function refusalOf({ findings }) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first === undefined)
        return undefined;
    const reasons = new Set(errors.map(({ rule }) => REASON_OF_RULE[rule] ?? 'check-failed'));
    const reason = reasons.size === 1 ? ([...reasons][0] ?? 'check-failed') : 'check-failed';
    if (errors.length === 1)
        return { reason, message: first.message, wayOut: first.wayOut, details: [] };
    return {
        reason,
        message: `${errors.length} checks say that this can’t work`,
        wayOut: 'fix them all, then run again; nothing was made',
        details: errors.map(({ rule, message, wayOut }) => `${rule}: ${message} — ${wayOut}`)
    };
}

// EXTERNAL MODULE: ./build/shared/heartbeat.js
var heartbeat = __webpack_require__(70168);
;// CONCATENATED MODULE: ./build/run.js





















async function run(given, signal) {
    const deps = guarded(given);
    const attempted = await attempt(deps, signal);
    const isReported = report(deps, deps.clean(attempted));
    if (signal.aborted)
        return 'cancelled';
    return attempted.outcome.ok && isReported ? 'succeeded' : 'failed';
}
async function attempt(deps, cancelled) {
    const startedAt = deps.clock.now();
    const attempted = {};
    const over = new AbortController();
    try {
        attempted.spec = parseInputs(deps.readInput, { readText: deps.readText, glob: deps.glob, env: deps.env });
        maskSecrets(deps, attempted.spec);
        const signal = (0,time_limit/* anyOf */.EB)([cancelled, deadline(deps, attempted.spec, over.signal)]);
        announceEndOfSignIn(deps, attempted.spec, startedAt);
        const { azure, observed } = await lookedAround(deps, attempted.spec, { signal, startedAt });
        attempted.plan = COMMANDS[attempted.spec.command].plan(attempted.spec, observed, deps.context);
        Object.assign(attempted, keepPlan(deps, attempted.plan));
        deps.log.say(`${renderFound(attempted.plan)}\n`);
        deps.log.say(`${renderPlan(attempted.plan)}\n`);
        const refused = refusalOf(attempted.plan);
        if (refused !== undefined || attempted.plan.dryRun) {
            return {
                ...attempted,
                outcome: outcomeOf(deps, { startedAt, plan: attempted.plan, observed, ...(refused && { failure: refused }) })
            };
        }
        keepToUndo(deps, attempted.spec, attempted.plan);
        return {
            ...attempted,
            outcome: await runPlan(deps, {
                azure,
                spec: attempted.spec,
                plan: attempted.plan,
                observed,
                signal,
                cancelled,
                startedAt
            })
        };
    }
    catch (error) {
        traceDefect(deps, error);
        const failure = failureOf(error instanceof InputError ? error : (cancelledBy(cancelled) ?? error));
        return { ...attempted, outcome: outcomeOf(deps, { startedAt, failure }) };
    }
    finally {
        over.abort();
    }
}
function lookedAround(deps, spec, { signal, startedAt }) {
    const { clock, log } = deps;
    const say = (line) => log.say((0,plain_text/* logLine */.BP)(`${(0,elapsed/* timeSince */._)(startedAt, clock.now())}  ${line}`));
    const tell = (silentMs) => say(`still, after ${(0,elapsed/* elapsedText */.Q)(silentMs)}: signing in and reading Azure`);
    return (0,heartbeat/* withHeartbeat */.p)({ clock, signal, tell }, async () => {
        const azure = await (0,connect_to/* connectTo */.m)({ ...deps, log: { ...log, say } }, spec, signal);
        return { azure, observed: await COMMANDS[spec.command].observe(azure, spec, clock.now()) };
    });
}
function maskSecrets({ env, log }, { rollouts }) {
    for (const name of rollouts.flatMap(({ pool, smokeTest }) => (0,secret_reference/* secretReferences */.L)({ ...pool, smokeTest: smokeTest?.task }))) {
        const secret = env[name];
        if (secret !== undefined && secret !== '')
            log.mask(secret);
    }
}
function deadline({ clock }, { deadlineMs }, over) {
    const minutes = Math.round(deadlineMs / 60_000);
    const text = `the deadline of ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} is up`;
    const wayOut = 'run again, or give it longer (deadline)';
    return (0,time_limit/* abortAfter */.dg)(clock, deadlineMs, {
        reason: new model_failure/* RunError */.e4({ reason: 'deadline-exceeded', message: text, wayOut }),
        over
    });
}
function cancelledBy(signal) {
    return signal.aborted ? signal.reason : undefined;
}
function announceEndOfSignIn({ env, log, readText }, spec, startedAt) {
    const message = signInEndsEarly(spec.signIn, (0,job/* readJob */.c)(env, readText), startedAt + spec.deadlineMs);
    if (message === undefined)
        return;
    log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`));
    log.annotate({ level: 'warning', title: 'the sign-in ends before the deadline', message });
}
function keepPlan(deps, plan) {
    try {
        return { planFile: deps.writePlan(JSON.stringify(plan, undefined, 2)) };
    }
    catch (error) {
        const { message } = cantWrite('the plan', error, 'the output plan-file stays empty');
        deps.log.say((0,plain_text/* logLine */.BP)(`warning: ${message}`));
        deps.log.annotate({ level: 'warning', title: 'no plan-file', message });
        return {};
    }
}
function keepToUndo(deps, spec, plan) {
    const toUndo = (0,to_undo/* toUndoOf */.r)(spec, plan, deps.context);
    if (toUndo === undefined)
        return;
    try {
        deps.saveToUndo(toUndo);
    }
    catch (error) {
        throw cantWrite('what the post step needs', error, 'nothing is changed without it');
    }
}


/***/ })

};
