"""The addresses of signing in, of the first steps, and of a person's own safety. Names are the sign-in library's."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from watercooler.doors.signin import first_run, invitation, security, start, views

urlpatterns: list[URLPattern] = [
    path("", views.front_door),
    path("welcome", first_run.welcome),
    path("invitation/<str:token>", invitation.show),
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("sign-in/code", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/confirm", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/passkey", views.by_passkey, name="mfa_login_webauthn"),
    path("sign-in/second-step", second.authenticate, name="mfa_authenticate"),
    path("sign-in/forgotten", account.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/forgotten/done", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("me/security", security.index, name="mfa_index"),
    path("me/security/password", account.password_change, name="account_change_password"),
    path("me/security/password/first", account.password_set, name="account_set_password"),
    path("me/security/confirm", account.reauthenticate, name="account_reauthenticate"),
    path("me/security/confirm/code", second.reauthenticate, name="mfa_reauthenticate"),
    path("me/security/confirm/passkey", security.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("me/security/app", security.activate_app, name="mfa_activate_totp"),
    path("me/security/app/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/security/recovery-codes", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/security/recovery-codes/new", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/security/recovery-codes/download", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/security/passkeys", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("me/security/passkeys/new", security.add_passkey, name="mfa_add_webauthn"),
    path("me/security/passkeys/<int:pk>/remove", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/security/passkeys/<int:pk>/edit", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/security/sessions", security.sessions, name="usersessions_list"),
    path("start", start.topics),
    path("start/suggested", start.suggested),
    path("start/spaces", start.spaces),
    path("start/people", start.people),
    path("start/question", start.question),
    path("start/finish", start.finish),
]
