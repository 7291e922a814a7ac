# What mfa-drift runs as: in the management account, or in that of a delegated administrator. The same as runner-policy.yaml with
# a runner-role-*.yaml. Who may assume it is given: an OIDC provider with its conditions (GitHub, GitLab, IRSA), or a service of AWS.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

variable "role_name" {
  type    = string
  default = "MfaDriftRunner"
}

variable "audit_role_name" {
  type        = string
  default     = "MfaDriftAudit"
  description = "role.name in mfa-drift.yaml, with its path if it has one."
}

variable "remediation_role_name" {
  type        = string
  default     = null
  description = "role.remediationName in mfa-drift.yaml; null where nothing is changed."
}

variable "readiness_role_name" {
  type        = string
  default     = null
  description = "role.readinessName in mfa-drift.yaml; null where readiness is not measured, or with the audit role."
}

variable "delivery_role_name" {
  type        = string
  default     = null
  description = "role.deliveryName in mfa-drift.yaml; null where no other account's Security Hub is told."
}

variable "organization_role_arn" {
  type        = string
  default     = null
  description = "accounts.organizationRole in mfa-drift.yaml; null where the runner lists the organization itself."
}

variable "allow_security_hub" {
  type        = bool
  default     = false
  description = "Whether it may import findings into Security Hub of its own account, as mfa-drift deliver does with securityhub."
}

variable "evidence_bucket" {
  type        = string
  default     = null
  description = "The name of the bucket that mfa-drift deliver writes to with s3; null where it writes to none."
}

variable "event_bus_arn" {
  type        = string
  default     = null
  description = "The bus that mfa-drift deliver sends to with eventbridge; null where it sends to none."
}

variable "oidc" {
  type = object({
    provider_arn = string
    issuer       = string       # without https://
    subjects     = list(string) # no wildcard: a pull request would match it
    audience     = optional(string, "sts.amazonaws.com")
  })
  default     = null
  description = <<-TEXT
    GitHub: token.actions.githubusercontent.com, repo:OWNER/NAME:ref:refs/heads/main.
    GitLab: gitlab.com, project_path:GROUP/PROJECT:ref_type:branch:ref:main.
    CircleCI: oidc.circleci.com/org/ID, org/ID/project/ID/user/ID; its audience is ID.
    IRSA: oidc.eks.REGION.amazonaws.com/id/ID, system:serviceaccount:mfa-drift:mfa-drift.
  TEXT
}

variable "service" {
  type        = string
  default     = null
  description = "In place of oidc: pods.eks.amazonaws.com (Pod Identity), ecs-tasks.amazonaws.com (ECS, Batch), ec2.amazonaws.com."
}

variable "allow_blame" {
  type        = bool
  default     = false
  description = "Whether it may ask CloudTrail who changed a pool, which mfa-drift does with --blame."
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  partition = data.aws_partition.this.partition
  account   = data.aws_caller_identity.this.account_id
  roles     = "arn:${local.partition}:iam::*:role"
}

data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.oidc == null ? [] : [var.oidc]
    content {
      actions = ["sts:AssumeRoleWithWebIdentity"]
      principals {
        type        = "Federated"
        identifiers = [statement.value.provider_arn]
      }
      condition {
        test     = "StringEquals"
        variable = "${statement.value.issuer}:aud"
        values   = [statement.value.audience]
      }
      condition {
        test     = "StringEquals"
        variable = "${statement.value.issuer}:sub"
        values   = statement.value.subjects
      }
    }
  }
  dynamic "statement" {
    for_each = var.service == null ? [] : [var.service]
    content {
      actions = statement.value == "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      principals {
        type        = "Service"
        identifiers = [statement.value]
      }
    }
  }
}

data "aws_iam_policy_document" "runner" {
  statement {
    sid = "ListTheOrganization"
    actions = [
      "organizations:DescribeAccount",
      "organizations:DescribeOrganization",
      "organizations:ListAccounts",
      "organizations:ListOrganizationalUnitsForParent",
      "organizations:ListParents",
      "organizations:ListRoots",
      "organizations:ListTagsForResource",
    ]
    resources = ["*"]
  }
  statement {
    sid     = "AssumeTheRoles"
    actions = ["sts:AssumeRole"]
    resources = compact([
      "${local.roles}/${var.audit_role_name}",
      var.organization_role_arn,
      var.remediation_role_name == null ? null : "${local.roles}/${var.remediation_role_name}",
      var.readiness_role_name == null ? null : "${local.roles}/${var.readiness_role_name}",
      var.delivery_role_name == null ? null : "${local.roles}/${var.delivery_role_name}",
    ])
  }
  statement {
    sid = "ReadTheOwnAccount"
    actions = [
      "account:ListRegions",
      "cognito-idp:ListUserPools",
      "cognito-idp:DescribeUserPool",
      "cognito-idp:GetUserPoolMfaConfig",
    ]
    resources = ["*"]
  }
  dynamic "statement" {
    for_each = var.allow_blame ? [true] : []
    content {
      sid       = "Blame"
      actions   = ["cloudtrail:LookupEvents"]
      resources = ["*"]
    }
  }
  # Which account administers Security Hub, where none is named.
  dynamic "statement" {
    for_each = var.delivery_role_name == null ? [] : [true]
    content {
      sid       = "FindTheHub"
      actions   = ["securityhub:GetAdministratorAccount"]
      resources = ["*"]
    }
  }
  dynamic "statement" {
    for_each = var.allow_security_hub ? [true] : []
    content {
      sid       = "ImportFindings"
      actions   = ["securityhub:BatchImportFindings"]
      resources = ["arn:${local.partition}:securityhub:*:${local.account}:product/${local.account}/default"]
    }
  }
  dynamic "statement" {
    for_each = var.allow_security_hub ? [true] : []
    content {
      sid       = "ReadFindings"
      actions   = ["securityhub:GetAdministratorAccount", "securityhub:GetFindings"]
      resources = ["*"]
    }
  }
  dynamic "statement" {
    for_each = var.evidence_bucket == null ? [] : [true]
    content {
      sid       = "WriteEvidence"
      actions   = ["s3:GetObject", "s3:PutObject"]
      resources = ["arn:${local.partition}:s3:::${var.evidence_bucket}/*"]
    }
  }
  dynamic "statement" {
    for_each = var.evidence_bucket == null ? [] : [true]
    content {
      sid       = "AskForEncryption"
      actions   = ["s3:GetEncryptionConfiguration"]
      resources = ["arn:${local.partition}:s3:::${var.evidence_bucket}"]
    }
  }
  dynamic "statement" {
    for_each = var.event_bus_arn == null ? [] : [true]
    content {
      sid       = "SendEvents"
      actions   = ["events:PutEvents"]
      resources = [var.event_bus_arn]
    }
  }
}

resource "aws_iam_role" "runner" {
  name                 = var.role_name
  description          = "What mfa-drift runs as."
  max_session_duration = 14400
  assume_role_policy   = data.aws_iam_policy_document.trust.json

  lifecycle {
    precondition {
      condition     = (var.oidc == null) != (var.service == null)
      error_message = "Give oidc or service: one of them says who may assume the role."
    }
  }
}

resource "aws_iam_role_policy" "runner" {
  name   = "MfaDriftRunner"
  role   = aws_iam_role.runner.name
  policy = data.aws_iam_policy_document.runner.json
}

output "role_arn" {
  value = aws_iam_role.runner.arn
}
