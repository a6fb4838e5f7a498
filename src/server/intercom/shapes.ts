// For tests: the fields that the API's own description shows for each kind of answer (version 2.14), in its order.

const fields = (text: string): string[] => text.split(/\s+/u)

export const listFields = fields('type data total_count pages')
export const pagesFields = fields('type page per_page total_pages')

export const contactFields = fields(`type id workspace_id external_id role email phone name avatar owner_id
social_profiles has_hard_bounced marked_email_as_spam unsubscribed_from_emails created_at updated_at signed_up_at last_seen_at
last_replied_at last_contacted_at last_email_opened_at last_email_clicked_at language_override browser browser_version
browser_language os location android_app_name android_app_version android_device android_os_version android_sdk_version
android_last_seen_at ios_app_name ios_app_version ios_device ios_os_version ios_sdk_version ios_last_seen_at custom_attributes
tags notes companies opted_out_subscription_types opted_in_subscription_types utm_campaign utm_content utm_medium utm_source
utm_term referrer enabled_push_messaging`)

export const conversationFields = fields(`type id created_at updated_at waiting_since snoozed_until source contacts
first_contact_reply admin_assignee_id team_assignee_id open state read tags priority sla_applied statistics conversation_rating
teammates title custom_attributes topics ticket linked_objects ai_agent ai_agent_participated`)

export const sourceFields = fields('type id delivered_as subject body author attachments url redacted')

export const partFields =
  fields(`type id part_type body created_at updated_at notified_at assigned_to author attachments
external_id redacted metadata email_message_metadata state tags event_details app_package_code`)

export const meFields = fields('type id email name email_verified app avatar has_inbox_seat')
export const appFields = fields('type id_code name created_at secure identity_verification timezone region')
export const messageFields = fields('type id created_at body message_type conversation_id')

export const companyFields =
  fields(`type company_id id app_id name remote_created_at created_at updated_at monthly_spend
session_count user_count tags segments plan custom_attributes`)
export const scrollFields = fields('type data pages total_count scroll_param')
export const appliedTagFields = fields('type id name applied_at applied_by')
export const noteFields = fields('type id created_at contact author body')
export const adminFields = fields(`type id name email away_mode_enabled away_mode_reassign has_inbox_seat
away_status_reason_id team_ids`)
