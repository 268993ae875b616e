"""The e-mail platform (Klaviyo): profiles, campaigns and flows, and what happened to every e-mail."""
