//! What an account has before Systems Manager is used: roles, EC2 instances, buckets, and settings at their default.

use serde_json::json;
use sqlx::{SqliteConnection, SqlitePool};

use crate::random::{self, Random};

/// Whose account is filled, and when.
pub(crate) struct Account<'a> {
    pub(crate) id: &'a str,
    pub(crate) region: &'a str,
    pub(crate) now: i64,
}

struct SeededRole {
    path: &'static str,
    name: &'static str,
    description: &'static str,
    service: &'static str,
    policies: &'static [&'static str],
}

const ROLES: &[SeededRole] = &[
    SeededRole {
        path: "/",
        name: "BB_Hybrid_Activation",
        description: "Lets servers outside AWS be managed by Systems Manager.",
        service: "ssm.amazonaws.com",
        policies: &["AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy"],
    },
    SeededRole {
        path: "/",
        name: "SSMServerRoleWithoutPolicy",
        description: "Trusted by Systems Manager, with nothing attached yet.",
        service: "ssm.amazonaws.com",
        policies: &[],
    },
    SeededRole {
        path: "/",
        name: "EC2InstanceRole",
        description: "Allows EC2 instances to call AWS services.",
        service: "ec2.amazonaws.com",
        policies: &["AmazonSSMManagedInstanceCore"],
    },
    SeededRole {
        path: "/aws-service-role/ssm.amazonaws.com/",
        name: "AWSServiceRoleForAmazonSSM",
        description: "Provides access to AWS Resources managed or used by Amazon SSM.",
        service: "ssm.amazonaws.com",
        policies: &["aws-service-role/AmazonSSMServiceRolePolicy"],
    },
];

/// The instances that the simulated fleet has beside its hybrid nodes: id, name, instance type, image.
const EC2_INSTANCES: &[(&str, &str, &str, &str)] = &[
    ("i-0238e4ae9600e8fdd", "bb-ec2-al2023", "t3.micro", "ami-0b20f552f63953f0e"),
    ("i-04970a7f373ac630b", "LaunchedByServiceCatalog", "t2.micro", "ami-0d52744d6551d851e"),
    ("i-016d04a4ae49531af", "instance-phoenix", "m5.large", "ami-07c589821f2b353aa"),
];

/// The buckets that packages can be put into; the account's id is added to tell them from other accounts'.
const BUCKETS: &[&str] = &["sekisho-packages", "bb-ssm-distributer"];

/// How long before the first start the seeded things were made, in milliseconds.
pub(crate) const AGE: i64 = 90 * 24 * 60 * 60 * 1000;

/// Fills a new database, in one transaction; a database that has its token key was filled before.
pub(super) async fn seed(
    pool: &SqlitePool,
    account: &Account<'_>,
    random: &dyn Random,
) -> Result<(), sqlx::Error> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut key = vec![0; 32];
    random.fill(&mut key);
    let fresh = sqlx::query("INSERT INTO meta (key, value) VALUES ('token_key', ?) ON CONFLICT DO NOTHING")
        .bind(key)
        .execute(&mut *transaction)
        .await?;
    if fresh.rows_affected() == 1 {
        for role in ROLES {
            insert_role(&mut transaction, role, account, random).await?;
        }
        for instance in EC2_INSTANCES {
            insert_instance(&mut transaction, instance, account).await?;
        }
        insert_tier(&mut transaction, account).await?;
    }
    // Asked apart: a database of before S3 was emulated gets its buckets too.
    let fresh = sqlx::query("INSERT INTO meta (key, value) VALUES ('buckets', x'') ON CONFLICT DO NOTHING")
        .execute(&mut *transaction)
        .await?;
    if fresh.rows_affected() == 1 {
        insert_buckets(&mut transaction, account).await?;
    }
    transaction.commit().await
}

async fn insert_buckets(connection: &mut SqliteConnection, account: &Account<'_>) -> Result<(), sqlx::Error> {
    for name in BUCKETS {
        sqlx::query("INSERT INTO buckets (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(format!("{name}-{}", account.id))
            .bind(account.now - AGE)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn insert_role(
    connection: &mut SqliteConnection,
    role: &SeededRole,
    account: &Account<'_>,
    random: &dyn Random,
) -> Result<(), sqlx::Error> {
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {"Service": role.service},
            "Action": "sts:AssumeRole",
        }],
    });
    let query =
        "INSERT INTO roles (name, id, path, description, trust_policy, max_session_duration, created_at)
                 VALUES (?, ?, ?, ?, ?, 3600, ?)";
    sqlx::query(query)
        .bind(role.name)
        .bind(random::unique_id(random, "AROA", 17))
        .bind(role.path)
        .bind(role.description)
        .bind(trust.to_string())
        .bind(account.now - AGE)
        .execute(&mut *connection)
        .await?;
    for policy in role.policies {
        sqlx::query("INSERT INTO role_policies (role_name, policy_arn) VALUES (?, ?)")
            .bind(role.name)
            .bind(format!("arn:aws:iam::aws:policy/{policy}"))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The activation tier at its default, as AWS shows it: set by the system, with the account.
async fn insert_tier(connection: &mut SqliteConnection, account: &Account<'_>) -> Result<(), sqlx::Error> {
    let query = "INSERT INTO service_settings (setting_id, value, modified_at, modified_by, takes_at)
                 VALUES ('/ssm/managed-instance/activation-tier', 'standard', ?, 'System', ?)";
    let made = account.now - AGE;
    sqlx::query(query).bind(made).bind(made).execute(connection).await?;
    Ok(())
}

async fn insert_instance(
    connection: &mut SqliteConnection,
    (id, name, instance_type, image): &(&str, &str, &str, &str),
    account: &Account<'_>,
) -> Result<(), sqlx::Error> {
    let query = "INSERT INTO ec2_instances (id, name, instance_type, instance_state, instance_role, key_name,
                 architecture, availability_zone, launched_at, image_id)
                 VALUES (?, ?, ?, 'running', ?, 'bb-key', 'x86_64', ?, ?, ?)";
    sqlx::query(query)
        .bind(id)
        .bind(name)
        .bind(instance_type)
        .bind(format!("arn:aws:iam::{}:instance-profile/EC2InstanceRole", account.id))
        .bind(format!("{}a", account.region))
        .bind(account.now - AGE)
        .bind(image)
        .execute(connection)
        .await?;
    Ok(())
}
