"""Who may open which page: one row per route. A route without a row stops the start of the application.

``public``: anybody · ``link``: whoever holds the secret of the address (the view checks it) · ``provider``:
landlords, owners, initiatives · ``advisor``, ``admin``: the office. The view still checks *which* record.
"""

from flask import Flask, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from wohnberatung.core.actors import ADMINS, ANYBODY, LINK, LINK_HOLDERS, OFFICE, PROVIDERS, PUBLIC, SIGNED_IN
from wohnberatung.web import kept_forms
from wohnberatung.web.access_matches import MATCHES
from wohnberatung.web.access_meetings import MEETINGS
from wohnberatung.web.access_supply import SUPPLY
from wohnberatung.web.visitors import current_actor

# Key of the session: signed in, but the second factor that the operator demands has yet to be set up.
NEEDS_SECOND_FACTOR = "needs_second_factor"
WITHOUT_SECOND_FACTOR = frozenset(
    {"accounts.show_second_factor", "accounts.switch_on_second_factor", "accounts.sign_out"}
)

ACCESS: dict[str, frozenset[str]] = {
    **SUPPLY,
    **MATCHES,
    **MEETINGS,
    # web
    "static": ANYBODY,
    "pages.show_start": ANYBODY,
    "pages.show_imprint": ANYBODY,
    "pages.show_privacy": ANYBODY,
    "pages.show_accessibility": ANYBODY,
    "pages.show_health": ANYBODY,
    # accounts
    "accounts.sign_in": ANYBODY,
    "accounts.enter_code": ANYBODY,
    "accounts.request_link": ANYBODY,
    "accounts.request_reset": ANYBODY,
    "accounts.show_mail_sent": ANYBODY,
    "accounts.register": ANYBODY,
    "accounts.open_link": LINK_HOLDERS,
    "accounts.use_link": LINK_HOLDERS,
    "accounts.go_to_city": ANYBODY,
    "accounts.come_back_from_city": ANYBODY,
    "accounts.show_signed_out": ANYBODY,
    "accounts.connect_city": SIGNED_IN,
    "accounts.disconnect_city": SIGNED_IN,
    "accounts.sign_out": SIGNED_IN,
    "accounts.show_kept_form": SIGNED_IN,
    "accounts.discard_kept_form": SIGNED_IN,
    "accounts.show_account": SIGNED_IN,
    "accounts.change_password": SIGNED_IN,
    "accounts.change_email": SIGNED_IN,
    "accounts.end_all_sessions": SIGNED_IN,
    "accounts.export_account": SIGNED_IN,
    "accounts.choose_organisation": SIGNED_IN,
    "accounts.show_second_factor": SIGNED_IN,
    "accounts.switch_on_second_factor": SIGNED_IN,
    "accounts.enter_passkey": ANYBODY,
    "accounts.show_passkeys": SIGNED_IN,
    "accounts.add_passkey": SIGNED_IN,
    "accounts.remove_passkey": SIGNED_IN,
    "accounts.renew_recovery_codes": SIGNED_IN,
    "accounts.ask_second_factor_off": SIGNED_IN,
    "accounts.switch_off_second_factor": SIGNED_IN,
    "accounts.show_my_organisation": PROVIDERS,
    "accounts.show_organisation": SIGNED_IN,
    "accounts.ask_profile": SIGNED_IN,
    "accounts.edit_profile": SIGNED_IN,
    "accounts.invite_member": SIGNED_IN,
    "accounts.revoke_invitation": SIGNED_IN,
    "accounts.change_member": SIGNED_IN,
    "accounts.ask_removal": SIGNED_IN,
    "accounts.remove_member": SIGNED_IN,
    "accounts.list_organisations": OFFICE,
    "accounts.ask_new_organisation": OFFICE,
    "accounts.create_organisation": OFFICE,
    "accounts.decide_organisation": OFFICE,
    "accounts.ask_decline": OFFICE,
    "accounts.decline_organisation": OFFICE,
    "accounts.release_registration": OFFICE,
    "accounts.discard_registration": OFFICE,
    "accounts.list_people": ADMINS,
    "accounts.invite_colleague": ADMINS,
    "accounts.revoke_colleague": ADMINS,
    "accounts.show_person": ADMINS,
    "accounts.set_roles": ADMINS,
    "accounts.ask_disabling": ADMINS,
    "accounts.disable_person": ADMINS,
    "accounts.enable_person": ADMINS,
    "accounts.reset_second_factor": ADMINS,
    "accounts.grant_exports": ADMINS,
    # privacy
    "privacy.show_retention": ADMINS,
    "privacy.show_audit": ADMINS,
    # doubles
    "doubles.list_doubles": OFFICE,
    "doubles.ask_pair": OFFICE,
    "doubles.pick_pair": OFFICE,
    "doubles.show_double": OFFICE,
    "doubles.merge_double": OFFICE,
    "doubles.keep_apart": OFFICE,
    "doubles.undo_decision": OFFICE,
    # cityview
    "cityview.list_runs": OFFICE,
    "cityview.make_run": OFFICE,
    "cityview.show_run": OFFICE,
    "cityview.show_groups": OFFICE,
    "cityview.recheck_run": OFFICE,
    "cityview.take_over": OFFICE,
    "cityview.leave": OFFICE,
    # lists
    "lists.show_history": OFFICE,
    "lists.show_mine": LINK_HOLDERS,
    # learning
    "learning.show_likelihoods": ADMINS,
    "learning.list_weights": ADMINS,
    "learning.propose_weights": ADMINS,
    "learning.learn_weights": ADMINS,
    "learning.go_back": ADMINS,
    "learning.show_weights": ADMINS,
    "learning.decide_weights": ADMINS,
    # mail: answers in the demo only, where all people are invented
    "mail.list_mails": ANYBODY,
    "mail.show_mail": ANYBODY,
    "mail.show_html": ANYBODY,
    # jobs
    "jobs.list_jobs": ADMINS,
    "jobs.retry_job": ADMINS,
    # watch: whoever has the token or asks from an allowed address reads the figures
    "watch.show_live": ANYBODY,
    "watch.show_ready": ANYBODY,
    "watch.show_metrics": ANYBODY,
    "watch.show_overview": ADMINS,
    "watch.retry_queue": ADMINS,
    # seekers
    "seekers.start": ANYBODY,
    "seekers.show_step": ANYBODY,
    "seekers.save_step": ANYBODY,
    "seekers.count_so_far": ANYBODY,
    "seekers.show_answers": ANYBODY,
    "seekers.send_request": ANYBODY,
    "seekers.discard_draft": ANYBODY,
    "seekers.show_resume_link": ANYBODY,
    "seekers.open_draft": LINK_HOLDERS,
    "seekers.resume_draft": LINK_HOLDERS,
    "seekers.show_found": ANYBODY,
    "seekers.show_sent": ANYBODY,
    "seekers.show_lost_link": ANYBODY,
    "seekers.send_lost_link": ANYBODY,
    "seekers.show_receipt": LINK_HOLDERS,
    "seekers.show_my_request": LINK_HOLDERS,
    "seekers.ask_withdrawal": LINK_HOLDERS,
    "seekers.change_my_request": LINK_HOLDERS,
    "seekers.move_my_request": LINK_HOLDERS,
    "seekers.ask_consent": LINK_HOLDERS,
    "seekers.end_consent": LINK_HOLDERS,
    "seekers.export_my_request": LINK_HOLDERS,
    "seekers.export_on_paper": LINK_HOLDERS,
    "seekers.receipt_on_paper": LINK_HOLDERS,
    "seekers.show_my_messages": LINK_HOLDERS,
    "seekers.write_message": LINK_HOLDERS,
    "seekers.show_link": LINK_HOLDERS,
    "seekers.renew_link": LINK_HOLDERS,
    "seekers.ask_erasure": LINK_HOLDERS,
    "seekers.erase_my_request": LINK_HOLDERS,
    "seekers.ask_whether_kept": LINK_HOLDERS,
    "seekers.answer_whether_kept": LINK_HOLDERS,
    "seekers.list_unanswered": OFFICE,
    "seekers.keep_for_person": OFFICE,
    "seekers.list_messages": OFFICE,
    "seekers.show_messages": OFFICE,
    "seekers.answer_message": OFFICE,
    "seekers.handle_messages": OFFICE,
    # cases
    "cases.list_cases": OFFICE,
    "cases.begin_case": OFFICE,
    "cases.open_case": OFFICE,
    "cases.open_case_from_request": OFFICE,
    "cases.show_case": OFFICE,
    "cases.link_request": OFFICE,
    "cases.begin_request": OFFICE,
    "cases.take_down_request": OFFICE,
    "cases.ask_split": OFFICE,
    "cases.split_household": OFFICE,
    "cases.unlink_request": OFFICE,
    "cases.edit_case": OFFICE,
    "cases.change_case": OFFICE,
    "cases.ask_closing": OFFICE,
    "cases.close_case": OFFICE,
    "cases.begin_person": OFFICE,
    "cases.add_person": OFFICE,
    "cases.edit_person": OFFICE,
    "cases.change_person": OFFICE,
    "cases.remove_person": OFFICE,
    "cases.ask_reason": OFFICE,
    "cases.break_glass": OFFICE,
    "cases.take_notice": OFFICE,
    "cases.take_over": OFFICE,
    "cases.show_handover": OFFICE,
    "cases.transfer_case": OFFICE,
    "cases.set_stand_in": OFFICE,
    "cases.set_blocked": OFFICE,
    "cases.list_absences": OFFICE,
    "cases.plan_absence": OFFICE,
    "cases.end_absence": OFFICE,
    "cases.transfer_all": ADMINS,
    "cases.begin_consultation": OFFICE,
    "cases.record_consultation": OFFICE,
    "cases.edit_consultation": OFFICE,
    "cases.change_consultation": OFFICE,
    "cases.save_draft": OFFICE,
    "cases.renew_draft": OFFICE,
    "cases.discard_draft": OFFICE,
    "cases.finish_follow_up": OFFICE,
    "cases.read_when": OFFICE,
    "cases.edit_follow_up": OFFICE,
    "cases.postpone_follow_up": OFFICE,
    "cases.show_desk": OFFICE,
    "cases.show_personal": OFFICE,
    "cases.export_case": OFFICE,
    "cases.erase": OFFICE,
    "cases.show_search": OFFICE,
    "cases.begin_brief": OFFICE,
    "cases.count_brief": OFFICE,
    "cases.list_code_tables": ADMINS,
    "cases.show_codes": ADMINS,
    "cases.add_code": ADMINS,
    "cases.edit_code": ADMINS,
    "cases.change_code": ADMINS,
    # intake
    "intake.list_runs": SIGNED_IN,
    "intake.send_file": SIGNED_IN,
    "intake.show_run": SIGNED_IN,
    "intake.ask_columns": SIGNED_IN,
    "intake.assign_columns": SIGNED_IN,
    "intake.ask_removals": SIGNED_IN,
    "intake.apply_run": SIGNED_IN,
    "intake.discard_run": SIGNED_IN,
    "intake.ask_undo": SIGNED_IN,
    "intake.undo_run": SIGNED_IN,
    "intake.decide_double": SIGNED_IN,
    "intake.export_stock": SIGNED_IN,
    "intake.show_template": SIGNED_IN,
    "intake.show_report": SIGNED_IN,
    "intake.list_tokens": SIGNED_IN,
    "intake.create_token": SIGNED_IN,
    "intake.ask_revocation": SIGNED_IN,
    "intake.revoke_token": SIGNED_IN,
    "intake.receive_import": LINK_HOLDERS,
    "intake.show_import": LINK_HOLDERS,
    # advice
    "advice.ask_question": ANYBODY,
    "advice.send_question": ANYBODY,
    "advice.request_appointment": ANYBODY,
    "advice.send_appointment": ANYBODY,
    "advice.report_barrier": ANYBODY,
    "advice.send_barrier": ANYBODY,
    "advice.show_receipt": ANYBODY,
    "advice.show_my_enquiry": LINK_HOLDERS,
    "advice.list_enquiries": OFFICE,
    "advice.show_enquiry": OFFICE,
    "advice.move_enquiry": OFFICE,
    "advice.print_answer": OFFICE,
    "advice.erase_enquiry": OFFICE,
    "advice.open_case": OFFICE,
    "advice.release_request": OFFICE,
    "advice.judge_mail": OFFICE,
    # appointments
    "appointments.show_ways": ANYBODY,
    "appointments.show_times": ANYBODY,
    "appointments.ask_contact": ANYBODY,
    "appointments.book_slot": ANYBODY,
    "appointments.show_my_appointment": LINK_HOLDERS,
    "appointments.download_my_appointment": LINK_HOLDERS,
    "appointments.export_my_appointment": LINK_HOLDERS,
    "appointments.ask_new_time": LINK_HOLDERS,
    "appointments.ask_move": LINK_HOLDERS,
    "appointments.move_my_appointment": LINK_HOLDERS,
    "appointments.ask_cancel": LINK_HOLDERS,
    "appointments.cancel_my_appointment": LINK_HOLDERS,
    "appointments.ask_erasure": LINK_HOLDERS,
    "appointments.erase_my_appointment": LINK_HOLDERS,
    "appointments.download_feed": LINK_HOLDERS,
    "appointments.show_calendar": OFFICE,
    "appointments.show_feed": OFFICE,
    "appointments.open_feed": OFFICE,
    "appointments.close_feed": OFFICE,
    "appointments.show_hours": OFFICE,
    "appointments.show_special_days": OFFICE,
    "appointments.add_hours": OFFICE,
    "appointments.add_special_day": OFFICE,
    "appointments.remove_hours": OFFICE,
    "appointments.remove_special_day": OFFICE,
    "appointments.ask_booking": OFFICE,
    "appointments.book_for": OFFICE,
    "appointments.choose_time": OFFICE,
    "appointments.show_appointment": OFFICE,
    "appointments.annotate": OFFICE,
    "appointments.put_into_case": OFFICE,
    "appointments.ask_cancel_for": OFFICE,
    "appointments.take_step": OFFICE,
    "appointments.ask_move_for": OFFICE,
    "appointments.move_for": OFFICE,
    # measures
    "measures.list_measures": OFFICE,
    "measures.add_goal": OFFICE,
    "measures.edit_goal": OFFICE,
    "measures.save_goal": OFFICE,
    "measures.list_programs": OFFICE,
    "measures.choose_option": OFFICE,
    "measures.begin_measure": OFFICE,
    "measures.add_measure": OFFICE,
    "measures.show_measure": OFFICE,
    "measures.save_measure": OFFICE,
    # surveys
    "surveys.list_surveys": OFFICE,
    "surveys.ask_begin": OFFICE,
    "surveys.begin_survey": OFFICE,
    "surveys.show_survey": OFFICE,
    "surveys.save_room": OFFICE,
    "surveys.ask_finish": OFFICE,
    "surveys.finish_survey": OFFICE,
    "surveys.reopen_survey": OFFICE,
    "surveys.agree_to_pictures": OFFICE,
    "surveys.withdraw_pictures": OFFICE,
    # letters
    "letters.list_letters": OFFICE,
    "letters.begin_letter": OFFICE,
    "letters.write_letter": OFFICE,
    "letters.show_letter": OFFICE,
    "letters.download_letter": OFFICE,
    "letters.list_postal": OFFICE,
    "letters.show_postal": OFFICE,
    "letters.download_postal": OFFICE,
    "letters.mark_posted": OFFICE,
    "letters.write_instead_of_link": OFFICE,
    "letters.list_templates": ADMINS,
    "letters.edit_template": ADMINS,
    "letters.save_template": ADMINS,
}


def undeclared(app: Flask) -> set[str]:
    """Endpoints of the application that have no row."""
    return {rule.endpoint for rule in app.url_map.iter_rules()} - ACCESS.keys()


def check_declared(app: Flask) -> None:
    """Refuse to start with a route nobody has decided about."""
    if missing := undeclared(app):
        raise RuntimeError(f"no row in web/access.py for: {', '.join(sorted(missing))}")


def enforce() -> BaseResponse | None:
    """Before each request: sign-in page for strangers, 403 for the wrong role."""
    actor = current_actor()
    g.actor_id = actor.user_id
    if request.endpoint is None:
        return None
    roles = ACCESS[request.endpoint]
    if roles & {PUBLIC, LINK}:
        return None
    if session.get(NEEDS_SECOND_FACTOR) and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return redirect(url_for("accounts.show_second_factor"))
    if roles & actor.roles:
        return None
    if actor.is_signed_in:
        abort(403)
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", weiter=request.full_path.rstrip("?")))
    if request.accept_mimetypes.best == "application/json" or not kept_forms.keep():
        abort(401)
    return redirect(url_for("accounts.sign_in", weiter=url_for("accounts.show_kept_form")))
