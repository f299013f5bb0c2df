-- Run once, when the data volume is new: whom API, worker and commands connect as. `fdx-consent migrate` grants it what they need.
\getenv password SERVICE_POSTGRES_PASSWORD
CREATE ROLE fdx_consent_service LOGIN PASSWORD :'password';
