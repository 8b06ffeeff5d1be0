/** What mends a fault of credentials or configuration, as a line for a shell or a sentence. */
export const COMMANDS = {
  exportKey: (variable: string): string =>
    `export ${variable}=…   (a key from https://aistudio.google.com/apikey)`,
  login: 'gcloud auth application-default login',
  setProject: 'gcloud config set project PROJECT_ID   (or: export GOOGLE_CLOUD_PROJECT=PROJECT_ID)',
  setLocation: 'export GOOGLE_CLOUD_LOCATION=global   (or the region that serves the model)',
  enableApi: (project: string | null): string =>
    `gcloud services enable aiplatform.googleapis.com --project ${project ?? 'PROJECT_ID'}`,
  grantUser: (project: string | null): string =>
    `gcloud projects add-iam-policy-binding ${project ?? 'PROJECT_ID'} --member user:YOUR_ACCOUNT --role roles/aiplatform.user`,
  billing: (project: string | null): string =>
    `gcloud billing projects link ${project ?? 'PROJECT_ID'} --billing-account ACCOUNT_ID`,
  model:
    'Name a model that is served, e.g. --provers gemini:MODEL; ids are listed at https://ai.google.dev/gemini-api/docs/models',
} as const;
