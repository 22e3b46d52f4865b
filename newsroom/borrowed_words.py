"""Words of Django and its libraries that their own Persian catalogue lacks, or says in Iran's way.

The stock admin shows them; ours says them until theirs does.
"""

ONE = (
    "Breadcrumbs",
    "Conflicting form data submitted. Please try again.",
    "Constraint “%(name)s” is violated.",
    "Disabled",
    "Enable password-based authentication for this user by setting a password.",
    "Enabled",
    "Ensure this value is a multiple of step size %(limit_value)s.",
    "Enter a valid domain name.",
    "Model name",
    "Password-based authentication",
    "Password-based authentication was disabled.",
    "Raw passwords are not stored, so there is no way to see the user’s password.",
    "Reset password",
    "Select this object for an action - {}",
    "Set password",
    "Set password: %s",
    "This action will <strong>enable</strong> password-based authentication for this user.",
    "View history: %s",
    (
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still "
        "be able to authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    "%(model)s instance with %(field)s %(value)r is not a valid choice.",
)
SEVERAL = (
    ("entry", "entries"),
    ("Please correct the error below.", "Please correct the errors below."),
    ("Please submit at least %(num)d form.", "Please submit at least %(num)d forms."),
    ("Please submit at most %(num)d form.", "Please submit at most %(num)d forms."),
    (
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
