# What mfa-drift assumes in an account: the role that reads, and, where they are asked for, the one that writes and the one that
# reads users. The same as audit-role.yaml, remediation-role.yaml and readiness-role.yaml; once for each account, the management account among them.
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
    sid       = "Read"
    actions   = ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"]
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
    sid       = "Read"
    actions   = ["cognito-idp:DescribeUserPool", "cognito-idp:GetUserPoolMfaConfig"]
    resources = [local.pools]
  }
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

output "audit_role_arn" {
  value = aws_iam_role.audit.arn
}
