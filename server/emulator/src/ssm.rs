//! Systems Manager: one module per operation.

mod activation_code;
mod add_tags_to_resource;
mod create_activation;
mod delete_activation;
mod deregister_managed_instance;
mod describe_activations;
mod describe_instance_information;
mod describe_instance_properties;
mod documents;
mod get_service_setting;
mod list_instance_associations;
mod list_tags_for_resource;
mod managed_instance_role;
mod node_credentials;
mod node_filters;
mod node_json;
mod node_signature;
mod public_key;
mod register_managed_instance;
mod remove_tags_from_resource;
mod request_managed_instance_role_token;
mod reset_service_setting;
mod service_setting;
mod shapes;
mod taggable;
mod update_instance_information;
mod update_managed_instance_public_key;
mod update_managed_instance_role;
mod update_service_setting;

use serde_json::Value;

pub(crate) use documents::find as find_document;

use crate::wire::call::Call;
use crate::wire::errors::ServiceError;
use crate::wire::json11::{Operation, invoke};

/// Runs the operation of this name; `None` when there is none.
pub(crate) async fn dispatch(operation: &str, call: Call) -> Option<Result<Value, ServiceError>> {
    macro_rules! one_of {
        ($($operation:path),* $(,)?) => {
            match operation {
                $(<$operation>::NAME => Some(invoke::<$operation>(call).await),)*
                _ => None,
            }
        };
    }
    one_of!(
        add_tags_to_resource::AddTagsToResource,
        create_activation::CreateActivation,
        delete_activation::DeleteActivation,
        deregister_managed_instance::DeregisterManagedInstance,
        describe_activations::DescribeActivations,
        describe_instance_information::DescribeInstanceInformation,
        describe_instance_properties::DescribeInstanceProperties,
        documents::create_document::CreateDocument,
        documents::delete_document::DeleteDocument,
        documents::describe_document::DescribeDocument,
        documents::describe_document_permission::DescribeDocumentPermission,
        documents::get_document::GetDocument,
        documents::list_document_versions::ListDocumentVersions,
        documents::list_documents::ListDocuments,
        documents::modify_document_permission::ModifyDocumentPermission,
        documents::update_document::UpdateDocument,
        documents::update_document_default_version::UpdateDocumentDefaultVersion,
        get_service_setting::GetServiceSetting,
        list_instance_associations::ListInstanceAssociations,
        list_tags_for_resource::ListTagsForResource,
        register_managed_instance::RegisterManagedInstance,
        remove_tags_from_resource::RemoveTagsFromResource,
        request_managed_instance_role_token::RequestManagedInstanceRoleToken,
        reset_service_setting::ResetServiceSetting,
        update_instance_information::UpdateInstanceInformation,
        update_managed_instance_public_key::UpdateManagedInstancePublicKey,
        update_managed_instance_role::UpdateManagedInstanceRole,
        update_service_setting::UpdateServiceSetting,
    )
}
