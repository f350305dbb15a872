"""Forms of accounts."""

from wohnberatung.accounts.forms.organisations import (
    InviteMemberForm,
    NewOrganisationForm,
    ProfileForm,
    RegistrationForm,
    TrustForm,
)
from wohnberatung.accounts.forms.people import InviteColleagueForm, RolesForm
from wohnberatung.accounts.forms.ways_in import (
    AcceptForm,
    AddressForm,
    ChangeEmailForm,
    ChangePasswordForm,
    CodeForm,
    ConfirmForm,
    NewAccountForm,
    NewPasswordForm,
    SignInForm,
    SwitchOffForm,
)

__all__ = [
    "AcceptForm",
    "AddressForm",
    "ChangeEmailForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmForm",
    "InviteColleagueForm",
    "InviteMemberForm",
    "NewAccountForm",
    "NewOrganisationForm",
    "NewPasswordForm",
    "ProfileForm",
    "RegistrationForm",
    "RolesForm",
    "SignInForm",
    "SwitchOffForm",
    "TrustForm",
]
