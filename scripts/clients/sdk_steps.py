"""The action's chain by Microsoft's Python SDKs. Prints a line of JSON a step: {step, command, result, note, seconds}."""

import json
import os
import sys
import time
from importlib.metadata import version

from azure.batch import BatchClient, models as batch
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import ClientAssertionCredential
from azure.mgmt.batch import BatchManagementClient
from azure.mgmt.compute import ComputeManagementClient

GIVEN = json.loads(os.environ["SDK_STEPS"])
URL, SUBSCRIPTION = GIVEN["url"], "6f1b2c3d-0000-4000-8000-000000000001"
GROUP, BATCH = "render-images", ("render-batch", "renderfarm")
COMPUTE_ID = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}/providers/Microsoft.Compute"
DISK = "render-source_OsDisk_1_0d4f6a1b7c5e4a3f9b2d8e6c1a0f5b47"
VERSION = ("farm", "nodes", "1.0.0")
VERSION_ID = f"{COMPUTE_ID}/galleries/farm/images/nodes/versions/1.0.0"
AGENT = "batch.node.ubuntu 22.04"

credential = ClientAssertionCredential(
    GIVEN["tenantId"],
    GIVEN["clientId"],
    lambda: GIVEN["idToken"],
    authority=URL,
    disable_instance_discovery=True,
)
common = {"base_url": URL, "credential_scopes": [f"{URL}/.default"], "polling_interval": 1}
compute = ComputeManagementClient(credential, SUBSCRIPTION, **common)
arm_batch = BatchManagementClient(credential, SUBSCRIPTION, **common)


def step(name, command, act, wanted=None, pick=lambda result: None):
    """One row; an exception or another value than the one wanted is a failure. Gives the result."""
    begun, problem, result = time.monotonic(), None, None
    try:
        result = act()
        got = pick(result)
        if got != wanted:
            problem = f"shows {got!r}; wanted {wanted!r}"
    except Exception as error:  # noqa: BLE001 (any failure is a row of the table)
        problem = f"{type(error).__name__}: {error}"
    row = {"step": name, "command": command, "result": "failed" if problem else "ok"}
    row.update(note=" ".join((problem or "").split()), seconds=time.monotonic() - begun)
    print(json.dumps(row), flush=True)
    return result


def names(items):
    return [item.name for item in items]


def until(look, pick, wanted):
    """What `look` gives once `pick` of it is `wanted`, or after half a minute."""
    for _ in range(60):
        result = look()
        if pick(result) == wanted:
            break
        time.sleep(0.5)
    return result


def work_on_compute():
    vms, snapshots, images = compute.virtual_machines, compute.snapshots, compute.images
    definitions, versions = compute.gallery_images, compute.gallery_image_versions
    step("VM", "virtual_machines.get", lambda: vms.get(GROUP, "render-source"), "render-source", lambda vm: vm.name)
    step("VM with its state", "virtual_machines.instance_view", lambda: vms.instance_view(GROUP, "render-source"),
         True, lambda view: len(view.statuses) > 0)
    step("deallocate", "virtual_machines.begin_deallocate",
         lambda: vms.begin_deallocate(GROUP, "render-source").result())
    step("disk", "disks.get", lambda: compute.disks.get(GROUP, DISK), "Reserved", lambda disk: disk.disk_state)
    step("start", "virtual_machines.begin_start", lambda: vms.begin_start(GROUP, "render-source").result())
    creation = {"createOption": "Copy", "sourceResourceId": f"{COMPUTE_ID}/disks/{DISK}"}
    body = {"location": "eastus2", "properties": {"creationData": creation, "incremental": True}}
    step("snapshot", "snapshots.begin_create_or_update",
         lambda: snapshots.begin_create_or_update(GROUP, "os", body).result(),
         ("Succeeded", True), lambda made: (made.provisioning_state, made.incremental))
    step("snapshots", "snapshots.list_by_resource_group",
         lambda: names(snapshots.list_by_resource_group(GROUP)), ["os"], lambda found: found)
    os_disk = {"osType": "Linux", "osState": "Generalized", "snapshot": {"id": f"{COMPUTE_ID}/snapshots/os"}}
    body = {"location": "eastus2", "properties": {"hyperVGeneration": "V2", "storageProfile": {"osDisk": os_disk}}}
    step("managed image", "images.begin_create_or_update",
         lambda: images.begin_create_or_update(GROUP, "plain", body).result(),
         "Succeeded", lambda image: image.provisioning_state)
    step("delete the image", "images.begin_delete", lambda: images.begin_delete(GROUP, "plain").result())
    step("gallery", "galleries.get", lambda: compute.galleries.get(GROUP, "farm"), "farm", lambda it: it.name)
    properties = {"osType": "Linux", "osState": "Generalized", "hyperVGeneration": "V2",
                  "features": [{"name": "SecurityType", "value": "Standard"}],
                  "identifier": {"publisher": "render", "offer": "nodes", "sku": "jammy"}}
    body = {"location": "eastus2", "properties": properties}
    step("definition", "gallery_images.begin_create_or_update",
         lambda: definitions.begin_create_or_update(GROUP, *VERSION[:2], body).result(),
         "Succeeded", lambda made: made.provisioning_state)
    properties = {"publishingProfile": {"targetRegions": [{"name": "eastus2"}], "excludeFromLatest": True},
                  "storageProfile": {"osDiskImage": {"source": {"id": f"{COMPUTE_ID}/snapshots/os"}}}}
    body = {"location": "eastus2", "properties": properties}
    step("version", "gallery_image_versions.begin_create_or_update",
         lambda: versions.begin_create_or_update(GROUP, *VERSION, body).result(),
         "Succeeded", lambda made: made.provisioning_state)
    step("its replicas", "gallery_image_versions.get",
         lambda: versions.get(GROUP, *VERSION, expand="ReplicationStatus"),
         "Completed", lambda made: made.replication_status.aggregated_state)
    promoted = {"properties": {"publishingProfile": {"targetRegions": [{"name": "eastus2"}],
                                                     "excludeFromLatest": False}}}
    step("promote it", "gallery_image_versions.begin_update",
         lambda: versions.begin_update(GROUP, *VERSION, promoted).result(),
         False, lambda made: made.publishing_profile.exclude_from_latest)


def work_on_arm_batch():
    account = step("Batch account", "batch_account.get", lambda: arm_batch.batch_account.get(*BATCH),
                   "renderfarm", lambda it: it.name)
    pools = arm_batch.pool
    machine = {"imageReference": {"id": VERSION_ID}, "nodeAgentSkuId": AGENT}
    scale = {"fixedScale": {"targetDedicatedNodes": 2, "resizeTimeout": "PT15M"}}
    body = {"properties": {"vmSize": "Standard_D2s_v3", "scaleSettings": scale,
                           "deploymentConfiguration": {"virtualMachineConfiguration": machine}}}
    step("pool by ARM", "pool.create", lambda: pools.create(*BATCH, "arm", body),
         "Resizing", lambda pool: pool.allocation_state)
    step("grown", "pool.get",
         lambda: until(lambda: pools.get(*BATCH, "arm"), lambda pool: pool.allocation_state, "Steady"),
         2, lambda pool: pool.current_dedicated_nodes)
    step("the same pool again", "pool.create", lambda: pools.create(*BATCH, "arm", body),
         "Steady", lambda pool: pool.allocation_state)
    nonsense = {"properties": {"scaleSettings": {"autoScale": {"formula": "nonsense("}}}}
    step("no formula", "pool.update", lambda: refusal(lambda: pools.update(*BATCH, "arm", nonsense)),
         "AutoScalingFormulaSyntaxError", lambda code: code)
    more = {"properties": {"scaleSettings": {"fixedScale": {"targetDedicatedNodes": 40}}}}
    step("resize", "pool.update", lambda: pools.update(*BATCH, "arm", more),
         "Resizing", lambda pool: pool.allocation_state)
    step("stop the resize", "pool.stop_resize", lambda: pools.stop_resize(*BATCH, "arm"),
         "Stopping", lambda pool: pool.allocation_state)
    step("pools", "pool.list_by_batch_account", lambda: names(pools.list_by_batch_account(*BATCH)),
         ["arm"], lambda found: found)
    step("delete the pool", "pool.begin_delete", lambda: pools.begin_delete(*BATCH, "arm").result())
    return account


def work_on_batch_service(endpoint):
    service = BatchClient(f"https://{endpoint}", credential,
                          credential_scopes=["https://batch.core.emulated.azure/.default"])
    step("supported images", "list_supported_images", lambda: list(service.list_supported_images()),
         True, lambda images: len(images) > 5)
    machine = batch.VirtualMachineConfiguration(
        image_reference=batch.BatchVmImageReference(virtual_machine_image_id=VERSION_ID), node_agent_sku_id=AGENT)
    pool = batch.BatchPoolCreateOptions(id="frames", vm_size="Standard_D2s_v3", target_dedicated_nodes=2,
                                        virtual_machine_configuration=machine)
    step("pool by the service", "create_pool", lambda: service.create_pool(pool))
    step("is it there", "pool_exists", lambda: service.pool_exists("frames"), True, lambda there: there)
    step("grown", "get_pool",
         lambda: until(lambda: service.get_pool("frames"), lambda it: str(it.allocation_state.value), "steady"),
         2, lambda it: it.current_dedicated_nodes)
    step("nodes", "list_nodes", lambda: list(service.list_nodes("frames")), 2, len)
    step("nodes in a state", "list_nodes", lambda: list(service.list_nodes("frames", filter="state eq 'offline'")), 0, len)
    step("pools by a filter", "list_pools", lambda: list(service.list_pools(filter="startswith(id, 'fra')")), 1, len)
    step("change the pool", "update_pool", lambda: service.update_pool(
        "frames", batch.BatchPoolUpdateOptions(metadata=[batch.BatchMetadataItem(name="team", value="frames")])))
    step("reset the pool", "replace_pool_properties", lambda: service.replace_pool_properties(
        "frames", batch.BatchPoolReplaceOptions(application_package_references=[], metadata=[])))
    step("reset", "get_pool", lambda: service.get_pool("frames"), None, lambda it: it.metadata)
    work_on_jobs(service)
    step("nodes by state", "list_pool_node_counts", lambda: list(service.list_pool_node_counts()),
         2, lambda counts: counts[0].dedicated.total)
    step("resize", "begin_resize_pool", lambda: service.begin_resize_pool(
        "frames", batch.BatchPoolResizeOptions(target_dedicated_nodes=3)).result())
    step("resized", "get_pool", lambda: service.get_pool("frames"), 3, lambda it: it.current_dedicated_nodes)
    formula = "$TargetDedicatedNodes=1"
    step("autoscale on", "enable_pool_auto_scale", lambda: service.enable_pool_auto_scale(
        "frames", batch.BatchPoolEnableAutoScaleOptions(auto_scale_formula=formula)))
    step("try a formula", "evaluate_pool_auto_scale", lambda: service.evaluate_pool_auto_scale(
        "frames", batch.BatchPoolEvaluateAutoScaleOptions(auto_scale_formula=formula)),
        True, lambda run: run.results.startswith(formula))
    step("autoscale off", "disable_pool_auto_scale", lambda: service.disable_pool_auto_scale("frames"))
    step("delete the pool", "begin_delete_pool", lambda: service.begin_delete_pool("frames").result())
    step("gone", "get_pool", lambda: gone(lambda: service.get_pool("frames")), True, lambda it: it)


def work_on_jobs(service):
    job = batch.BatchJobCreateOptions(id="night", pool_info=batch.BatchPoolInfo(pool_id="frames"))
    step("job", "create_job", lambda: service.create_job(job))
    step("job again", "create_job", lambda: refusal(lambda: service.create_job(job)), "JobExists", lambda code: code)
    tasks = [batch.BatchTaskCreateOptions(id=f"task-{count}", command_line="true") for count in range(3)]
    step("task", "create_task", lambda: service.create_task("night", tasks[0]))
    step("tasks", "create_tasks", lambda: service.create_tasks("night", tasks[1:]), 2, lambda made: len(made.result_values))
    step("its tasks", "list_tasks", lambda: list(service.list_tasks("night")), 3, len)
    step("a task", "get_task", lambda: service.get_task("night", "task-1"), "active", lambda task: task.state.value)
    step("change the job", "update_job",
         lambda: service.update_job("night", batch.BatchJobUpdateOptions(priority=7)))
    step("changed", "get_job", lambda: service.get_job("night"), 7, lambda it: it.priority)
    step("disable it", "begin_disable_job", lambda: service.begin_disable_job(
        "night", batch.BatchJobDisableOptions(disable_tasks="requeue"), polling_interval=1).result())
    step("disabled", "get_job", lambda: service.get_job("night"), "disabled", lambda it: it.state.value)
    step("enable it", "begin_enable_job", lambda: service.begin_enable_job("night", polling_interval=1).result())
    # azure-batch 15.1.0 fails by itself where no options are given.
    step("terminate it", "begin_terminate_job", lambda: service.begin_terminate_job(
        "night", {"terminateReason": "enough"}, polling_interval=1).result())
    step("completed", "get_job", lambda: service.get_job("night"), "completed", lambda it: it.state.value)
    step("delete it", "begin_delete_job", lambda: service.begin_delete_job("night", polling_interval=1).result())
    step("no jobs", "list_jobs", lambda: list(service.list_jobs()), [], lambda found: found)


def refusal(ask):
    """The code of what Azure refuses; None where it doesn't."""
    try:
        ask()
    except HttpResponseError as error:
        body = json.loads(error.response.text())
        return body.get("error", body)["code"]
    return None


def gone(look):
    try:
        look()
    except ResourceNotFoundError:
        return True
    return False


packages = ["azure-identity", "azure-mgmt-compute", "azure-mgmt-batch", "azure-batch"]
print(", ".join(f"{name} {version(name)}" for name in packages), file=sys.stderr)
work_on_compute()
found = work_on_arm_batch()
if found is not None:
    work_on_batch_service(found.account_endpoint)
step("delete the snapshot", "snapshots.begin_delete", lambda: compute.snapshots.begin_delete(GROUP, "os").result())
