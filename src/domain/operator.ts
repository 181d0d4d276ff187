/** What an operator may do besides being a cardholder: helpdesk acts for people, an administrator also says who may. */
export const OPERATOR_ROLES = ['helpdesk', 'administrator'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];
