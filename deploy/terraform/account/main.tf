# What mfa-drift assumes in an account: the role that reads, and, where they are asked for, the one that writes, the one that
# reads users, the one that imports findings into Security Hub and the one that lists the organization. The same as audit-role.yaml,
# remediation-role.yaml, readiness-role.yaml, delivery-role.yaml and organization-role.yaml; once for each account, the management
# account among them.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

variable "runner_role_arn" {
  type        = string
  description = "The role that mfa-drift runs as."
}

variable "organization_id" {
  type        = string
  description = "Only principals of this organization may assume the roles."
}

variable "external_id" {
  type        = string
  default     = null
  description = "Optional; the same value as role.externalId in mfa-drift.yaml."
}

variable "audit_role_name" {
  type    = string
  default = "MfaDriftAudit"
}

variable "remediation_role_name" {
  type        = string
  default     = null
  description = "MfaDriftRemediate, where mfa-drift may change pools; null where it may not."
}

variable "readiness_role_name" {
  type        = string
  default     = null
  description = "MfaDriftReadiness, where mfa-drift may read users to count them; null where it may not."
}

variable "delivery_role_name" {
  type        = string
  default     = null
  description = "MfaDriftDelivery, in the account whose Security Hub mfa-drift imports findings into; null in the others."
}

variable "organization_role_name" {
  type        = string
  default     = null
  description = "The name of accounts.organizationRole, in the management account or a delegated administrator's; null in the others."
}

variable "allow_billed_reads" {
  type        = bool
  default     = false
  description = "Whether that role may ask AdminGetUser, which mfa-drift does with --allow-billed-reads alone."
}

variable "sms_role_names" {
  type        = string
  default     = "*cognito*sms*"
  description = "Names of the roles that user pools send SMS with; a call that keeps a pool's SMS settings passes its role."
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
  pools     = "arn:${local.partition}:cognito-idp:*:${local.account}:userpool/*"
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [var.runner_role_arn]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = [var.organization_id]
    }
    dynamic "condition" {
      for_each = var.external_id == null ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

data "aws_iam_policy_document" "audit" {
  statement {
    sid       = "List"
    actions   = ["cognito-idp:ListUserPools", "account:ListRegions"]
    resources = ["*"]
  }
  statement {
    sid = "Read"
    actions = [
      "cognito-idp:DescribeUserPool",
      "cognito-idp:GetUserPoolMfaConfig",
    ]
    resources = [local.pools]
  }
  dynamic "statement" {
    for_each = var.allow_blame ? [true] : []
    content {
      sid       = "Blame"
      actions   = ["cloudtrail:LookupEvents"]
      resources = ["*"]
    }
  }
}

data "aws_iam_policy_document" "remediation" {
  statement {
    sid       = "SetMfa"
    actions   = ["cognito-idp:SetUserPoolMfaConfig"]
    resources = [local.pools]
    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/mfa-remediation"
      values   = ["exempt"]
    }
  }
  statement {
    sid       = "PassSmsRole"
    actions   = ["iam:PassRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${var.sms_role_names}"]
    # The service that the role trusts; nobody has measured that Cognito names it, so drop this if it denies.
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["cognito-idp.amazonaws.com"]
    }
  }
}

# Whoever has it can list all users with their attributes; mfa-drift keeps counts alone.
data "aws_iam_policy_document" "readiness" {
  statement {
    sid       = "Read"
    actions   = ["cognito-idp:AdminGetUserAuthFactors", "cognito-idp:ListUsers"]
    resources = [local.pools]
  }
  dynamic "statement" {
    for_each = var.allow_billed_reads ? [true] : []
    content {
      sid       = "Billed"
      actions   = ["cognito-idp:AdminGetUser"]
      resources = [local.pools]
    }
  }
}

data "aws_iam_policy_document" "delivery" {
  statement {
    sid       = "Import"
    actions   = ["securityhub:BatchImportFindings"]
    resources = ["arn:${local.partition}:securityhub:*:${local.account}:product/${local.account}/default"]
  }
  statement {
    sid       = "Read"
    actions   = ["securityhub:GetFindings"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "organization" {
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
}

resource "aws_iam_role" "audit" {
  name                 = var.audit_role_name
  description          = "Read by mfa-drift; may change nothing."
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "audit" {
  name   = "ReadUserPoolMfaConfiguration"
  role   = aws_iam_role.audit.name
  policy = data.aws_iam_policy_document.audit.json
}

resource "aws_iam_role" "remediation" {
  count                = var.remediation_role_name == null ? 0 : 1
  name                 = var.remediation_role_name
  description          = "Assumed by mfa-drift to change the MFA configuration of user pools."
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "remediation" {
  count  = var.remediation_role_name == null ? 0 : 1
  name   = "ChangeUserPoolMfaConfiguration"
  role   = aws_iam_role.remediation[0].name
  policy = data.aws_iam_policy_document.remediation.json
}

resource "aws_iam_role" "readiness" {
  count                = var.readiness_role_name == null ? 0 : 1
  name                 = var.readiness_role_name
  description          = "Read by mfa-drift to count users; may change nothing."
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "readiness" {
  count  = var.readiness_role_name == null ? 0 : 1
  name   = "ReadUsers"
  role   = aws_iam_role.readiness[0].name
  policy = data.aws_iam_policy_document.readiness.json
}

resource "aws_iam_role" "delivery" {
  count                = var.delivery_role_name == null ? 0 : 1
  name                 = var.delivery_role_name
  description          = "Imports the findings of mfa-drift, and reads which of them are active."
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "delivery" {
  count  = var.delivery_role_name == null ? 0 : 1
  name   = "Deliver"
  role   = aws_iam_role.delivery[0].name
  policy = data.aws_iam_policy_document.delivery.json
}

resource "aws_iam_role" "organization" {
  count                = var.organization_role_name == null ? 0 : 1
  name                 = var.organization_role_name
  description          = "Asked by mfa-drift which accounts there are; reads nothing in them."
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "organization" {
  count  = var.organization_role_name == null ? 0 : 1
  name   = "ListTheOrganization"
  role   = aws_iam_role.organization[0].name
  policy = data.aws_iam_policy_document.organization.json
}

output "audit_role_arn" {
  value = aws_iam_role.audit.arn
}
