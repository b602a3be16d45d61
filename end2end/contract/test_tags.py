"""AddTagsToResource, RemoveTagsFromResource, ListTagsForResource, on managed nodes."""

import pytest

from judge import refused

UNKNOWN_NODE = "mi-00000000000000000"


def tags(ssm, instance_id):
    listed = ssm.list_tags_for_resource(ResourceType="ManagedInstance", ResourceId=instance_id)["TagList"]
    return {tag["Key"]: tag["Value"] for tag in listed}


def add(ssm, instance_id, **new):
    pairs = [{"Key": key, "Value": value} for key, value in new.items()]
    ssm.add_tags_to_resource(ResourceType="ManagedInstance", ResourceId=instance_id, Tags=pairs)


def test_tags_are_added_changed_and_removed(ssm, node):
    instance_id = node().instance_id
    assert tags(ssm, instance_id) == {}
    add(ssm, instance_id, Environment="test", Owner="花子")
    add(ssm, instance_id, Environment="production")
    assert tags(ssm, instance_id) == {"Environment": "production", "Owner": "花子"}
    ssm.remove_tags_from_resource(
        ResourceType="ManagedInstance", ResourceId=instance_id, TagKeys=["Owner", "NeverThere"]
    )
    assert tags(ssm, instance_id) == {"Environment": "production"}


def test_a_resource_has_at_most_fifty_tags(ssm, node):
    instance_id = node().instance_id
    add(ssm, instance_id, **{f"key{number}": "v" for number in range(50)})
    add(ssm, instance_id, key0="changing one is still possible")
    with refused(ssm, "AddTagsToResource", "TooManyTagsError"):
        add(ssm, instance_id, one_more="v")
    assert len(tags(ssm, instance_id)) == 50


@pytest.mark.parametrize(
    "tag",
    [
        {"Key": "", "Value": "v"},
        {"Key": "k" * 129, "Value": "v"},
        {"Key": "k", "Value": "v" * 257},
        {"Key": "a|b", "Value": "v"},
        {"Key": "k"},
    ],
    ids=["empty key", "long key", "long value", "pattern", "no value"],
)
def test_tags_are_checked(ssm_unchecked, node, tag):
    with refused(ssm_unchecked, "AddTagsToResource", "ValidationException", "1 validation error detected"):
        ssm_unchecked.add_tags_to_resource(
            ResourceType="ManagedInstance", ResourceId=node().instance_id, Tags=[tag]
        )


@pytest.mark.parametrize("key", ["", "k" * 129, "a|b"], ids=["empty", "long", "pattern"])
def test_keys_to_remove_are_checked(ssm_unchecked, node, key):
    message = "at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: ["
    with refused(ssm_unchecked, "RemoveTagsFromResource", "ValidationException", message):
        ssm_unchecked.remove_tags_from_resource(
            ResourceType="ManagedInstance", ResourceId=node().instance_id, TagKeys=["k", key]
        )


@pytest.mark.parametrize("key", ["aws:owner", "AWS:Owner"])
def test_some_keys_are_awss_own(ssm, node, key):
    instance_id = node().instance_id
    with refused(ssm, "AddTagsToResource", "ValidationException", "reserved"):
        add(ssm, instance_id, **{"Mine": "v", key: "v"})
    assert tags(ssm, instance_id) == {}


@pytest.mark.parametrize(
    ("resource_type", "resource_id"),
    [
        ("ManagedInstance", UNKNOWN_NODE),
        ("Document", "NoSuchDocument"),
        ("CloudConnector", "NoSuchConnector"),
    ],
)
def test_what_is_not_there_has_no_tags(ssm, resource_type, resource_id):
    resource = {"ResourceType": resource_type, "ResourceId": resource_id}
    with refused(ssm, "AddTagsToResource", "InvalidResourceId"):
        ssm.add_tags_to_resource(**resource, Tags=[{"Key": "k", "Value": "v"}])
    with refused(ssm, "RemoveTagsFromResource", "InvalidResourceId"):
        ssm.remove_tags_from_resource(**resource, TagKeys=["k"])
    with refused(ssm, "ListTagsForResource", "InvalidResourceId"):
        ssm.list_tags_for_resource(**resource)


def test_an_ec2_instance_is_tagged_through_ec2(ssm):
    with refused(ssm, "ListTagsForResource", "InvalidResourceType"):
        ssm.list_tags_for_resource(ResourceType="ManagedInstance", ResourceId="i-0238e4ae9600e8fdd")


def test_activations_cannot_be_tagged_afterwards(ssm_unchecked, activation):
    with refused(ssm_unchecked, "ListTagsForResource", "ValidationException", "enum value set"):
        ssm_unchecked.list_tags_for_resource(
            ResourceType="Activation", ResourceId=activation()["ActivationId"]
        )


def test_tags_go_with_their_node(ssm, node):
    instance_id = node().instance_id
    add(ssm, instance_id, Environment="test")
    ssm.deregister_managed_instance(InstanceId=instance_id)
    with refused(ssm, "ListTagsForResource", "InvalidResourceId"):
        tags(ssm, instance_id)
