/** Google Contacts before and after 2024, LinkedIn connections. Numbered series (Phone 1 - Value) are read by rule in series.ts. */

export const GOOGLE_OLD = `
name.full: Name
name.given: Given Name
name.patronymic: Additional Name
name.family: Family Name
name.phoneticGiven: Given Name Yomi
name.phoneticPatronymic: Additional Name Yomi
name.phoneticFamily: Family Name Yomi
ignored: Yomi Name | Directory Server | Priority | Sensitivity | Photo | Subject
name.prefix: Name Prefix
name.suffix: Name Suffix
name.initials: Initials
name.nickname: Nickname | Short Name
name.maiden: Maiden Name
birthday: Birthday
gender: Gender
custom: Location | Billing Information | Mileage
profession: Occupation
hobby: Hobby
notes: Notes
language: Language
tags: Group Membership
`;

export const GOOGLE_NEW = `
name.given: First Name
name.patronymic: Middle Name
name.family: Last Name
name.phoneticGiven: Phonetic First Name
name.phoneticPatronymic: Phonetic Middle Name
name.phoneticFamily: Phonetic Last Name
name.prefix: Name Prefix
name.suffix: Name Suffix
name.nickname: Nickname
name.fileAs: File As
org.name: Organization Name
jobTitle: Organization Title
department: Organization Department
birthday: Birthday
notes: Notes
ignored: Photo
tags: Labels
`;

export const LINKEDIN = `
name.given: First Name
name.family: Last Name
link.linkedin: URL | Profile URL
email: Email Address
org.name: Company
jobTitle: Position
source.details: Connected On
`;
